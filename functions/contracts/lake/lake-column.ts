import type { GlueType, LakeColumn } from './table.ts';

/** A column of a view. */
export const lakeColumn = (name: string, glueType: GlueType, description: string): LakeColumn => ({
  name,
  glueType,
  description,
});
