import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isRecord } from '#local-cloud/cloud/record.ts';
import { expressionIn } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';

const folder = join(import.meta.dirname, '../../workflows');

/** A workflow's definition as it is in its file, with names where the template puts values. */
export interface WorkflowFile {
  /** `campaign/campaign-run` */
  readonly name: string;
  readonly text: string;
  readonly definition: Readonly<Record<string, unknown>>;
}

/** Every definition in `workflows/`. */
export function workflowFiles(): readonly WorkflowFile[] {
  return globSync('**/*.asl.json', { cwd: folder }).map((path) => {
    const text = readFileSync(join(folder, path), 'utf8');
    return { name: relative('.', path).replace('.asl.json', ''), text, definition: JSON.parse(text) };
  });
}

/** A value of a definition and the path that leads to it, from the states on: `Over?/Choices/0/Condition`. */
export type Found = readonly [path: string, value: unknown];

/** All values of a definition, those within others too. */
export function valuesIn(value: unknown, path = ''): readonly Found[] {
  const inner = Array.isArray(value) || isRecord(value) ? Object.entries(value) : [];
  const found = inner.flatMap(([name, member]) => valuesIn(member, path === '' ? name : `${path}/${name}`));
  return [[path, value], ...found];
}

/** Every JSONata expression of a definition, as its text stands in the file, by its path. */
export function expressionsOf({ definition }: Pick<WorkflowFile, 'definition'>): ReadonlyMap<string, string> {
  const expressions = valuesIn(definition.States).filter(([, value]) => expressionIn(value) !== undefined);
  return new Map(expressions.map(([path, value]) => [path, String(value)]));
}

/** The error names that a definition's retriers and catchers look for. */
export function errorNamesIn({ definition }: Pick<WorkflowFile, 'definition'>): readonly string[] {
  const lists = valuesIn(definition.States).filter(([path]) => /\/ErrorEquals\/\d+$/.test(path));
  return [...new Set(lists.map(([, name]) => String(name)))].sort();
}
