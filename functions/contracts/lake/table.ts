import type * as z from 'zod';

/** Column types of the lake, in Glue's spelling. */
export const glueTypes = [
  'string',
  'bigint',
  'double',
  'boolean',
  'timestamp',
  'array<string>',
  'array<double>',
  'map<string,string>',
  'map<string,bigint>',
  'map<string,timestamp>',
  'map<string,array<bigint>>',
] as const;
export type GlueType = (typeof glueTypes)[number];

/** A lake table: its columns' zod schemas carry `{ description, glueType }` as metadata, the one source of DDL and docs. */
export interface LakeTableDefinition {
  readonly name: string;
  readonly description: string;
  readonly columns: z.ZodObject;
  /** How its files are parted; by day of arrival and for as long as the stage keeps interactions unless something else is said. */
  readonly partition?: { readonly by: 'month'; readonly years: number };
}

export interface LakeColumn {
  readonly name: string;
  readonly glueType: GlueType;
  readonly description: string;
}

/** Columns in their order, as Glue and the data dictionary need them. Throws a TypeError when a column lacks its metadata. */
export function columnsOf(table: LakeTableDefinition): readonly LakeColumn[] {
  return Object.entries(table.columns.shape).map(([name, schema]) => {
    const { description, glueType } = schema.meta() ?? {};
    const known = glueTypes.find((type) => type === glueType);
    if (known === undefined || description === undefined) {
      throw new TypeError(
        `Column ${table.name}.${name} needs a description and one of the types ${glueTypes.join(', ')}`,
      );
    }
    return { name, glueType: known, description };
  });
}
