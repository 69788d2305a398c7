import * as z from 'zod';

const column = <Schema extends z.ZodType>(schema: Schema, glueType: string, description: string) =>
  schema.meta({ glueType, description });

/** Builders of lake columns: a zod schema of the JSON value that Firehose reads, with its Glue type and its comment. */
export const text = (description: string) => column(z.string(), 'string', description);
export const textOrNull = (description: string) => column(z.string().nullable(), 'string', description);
export const integerOrNull = (description: string) => column(z.int().nullable(), 'bigint', description);
export const integer = (description: string) => column(z.int(), 'bigint', description);
export const instant = (description: string) => column(z.iso.datetime({ precision: 3 }), 'timestamp', description);
export const instantOrNull = (description: string) =>
  column(z.iso.datetime({ precision: 3 }).nullable(), 'timestamp', description);
export const texts = (description: string) => column(z.array(z.string()), 'array<string>', description);
export const flag = (description: string) => column(z.boolean(), 'boolean', description);
export const flagOrNull = (description: string) => column(z.boolean().nullable(), 'boolean', description);
export const numberOrNull = (description: string) => column(z.number().nullable(), 'double', description);
export const numbers = (description: string) => column(z.array(z.number().nullable()), 'array<double>', description);
