import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export const extendingGuideFile = 'docs/extending.md';

/** Files that the guide shows; tests run them. */
export const workedExamples = 'tests/support/worked-examples';

/**
 * The guide with each code block that begins with a comment of a path as the worked example of that name has it; examples of several files
 * with usual names have a folder, named as the path's.
 */
export function extendingGuide(guide = readFileSync(extendingGuideFile, 'utf8')): string {
  return guide.replace(/^```ts\n\/\/ (.+)\n[\s\S]*?^```$/gm, (_, path: string) => {
    const inFolder = join(workedExamples, basename(dirname(path)), basename(path));
    const example = readFileSync(existsSync(inFolder) ? inFolder : join(workedExamples, basename(path)), 'utf8');
    return `\`\`\`ts\n// ${path}\n${example}\`\`\``;
  });
}
