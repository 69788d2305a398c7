import type * as z from 'zod';
import type { LandedEvent } from './landed-event.ts';

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
  /** Days until its objects expire, as many as the stage keeps interactions, or for good. */
  readonly kept: number | 'as interactions' | 'for good';
  /** The events that become its rows, and how. Each event has one table. */
  readonly events: readonly [LandedEvent, ...LandedEvent[]];
  /** What Firehose hands the transform at once; 1 unless its answer would grow past what a function may answer. */
  readonly transformMegabytes?: number;
}

export interface LakeColumn {
  readonly name: string;
  readonly glueType: GlueType;
  readonly description: string;
}

/** Columns in their order, as Glue and the data dictionary need them. Throws a TypeError when a column lacks its metadata. */
export function columnsOf(table: Pick<LakeTableDefinition, 'name' | 'columns'>): readonly LakeColumn[] {
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
