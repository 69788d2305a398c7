import { againstGoal, type BenchRow } from './bench-row.ts';
import { importMsOf, largestGzipKilobytes, longestImportMs, weighBundles } from './bundles.ts';

/** Size of each function's code, and how long a cold start takes to import it. */
export function functionRows(assembly: string): BenchRow[] {
  return weighBundles(assembly).flatMap((bundle) => {
    const importMs = importMsOf(bundle);
    return [
      {
        what: `code of \`${bundle.name}\`, gzipped`,
        result: `${bundle.gzipKilobytes.toFixed(0)} KB`,
        beside: `${bundle.kilobytes.toFixed(0)} KB minified`,
        ...againstGoal(bundle.gzipKilobytes, { atMost: largestGzipKilobytes }, 'KB'),
      },
      {
        what: `import of \`${bundle.name}\`, fresh process, median of 5`,
        result: `${importMs.toFixed(0)} ms`,
        ...againstGoal(importMs, { atMost: longestImportMs }, 'ms'),
      },
    ];
  });
}
