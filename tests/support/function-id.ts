import { globSync } from 'node:fs';

/** How the logical id of a function begins: its stage and its name, as their folders have them. */
export function functionId(name: string): string {
  const [file = ''] = globSync(`functions/handlers/*/${name}/handler.ts`);
  const [, , stage, folder] = file.split('/');
  if (stage === undefined || folder === undefined) throw new Error(`There is no handler ${name}`);
  return `${stage}${folder}`.replaceAll('-', '');
}
