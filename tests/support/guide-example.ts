import { readFileSync } from 'node:fs';

/** The text that docs/extending.md shows of a file: the code block that begins with a comment of its path. */
export function guideExample(path: string): string | undefined {
  const guide = readFileSync('docs/extending.md', 'utf8');
  const blocks = guide.matchAll(/^```ts\n\/\/ (.+)\n([\s\S]*?)^```$/gm);
  return [...blocks].find(([, named]) => named === path)?.[2];
}
