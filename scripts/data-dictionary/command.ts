import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { command } from '#scripts/run/command.ts';
import { extendingGuide, extendingGuideFile } from './extending-guide.ts';
import { dataDictionary, dataDictionaryFile } from './lake-docs.ts';

export const docs = command({
  name: 'docs',
  summary: 'Writes the data dictionary and the examples of the guide to extending',
  values: z.object({ check: z.boolean().default(false).describe('Writes nothing, and fails when one is stale') }),
  main: async ({ check }) => writeDocuments(check),
});

function writeDocuments(isCheck: boolean): void {
  const documents = [
    { file: dataDictionaryFile, fresh: dataDictionary() },
    { file: extendingGuideFile, fresh: extendingGuide() },
  ];
  for (const { file, fresh } of documents) {
    if (existsSync(file) && readFileSync(file, 'utf8') === fresh) {
      console.log(`${file} is up to date.`);
    } else if (isCheck) {
      console.error(`${file} is stale: run "npm run docs".`);
      process.exitCode = 1;
    } else {
      writeFileSync(file, fresh);
      console.log(`${file} is written.`);
    }
  }
}
