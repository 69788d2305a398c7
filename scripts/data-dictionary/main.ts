import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runScript } from '../run/run-script.ts';
import { extendingGuide, extendingGuideFile } from './extending-guide.ts';
import { dataDictionary, dataDictionaryFile } from './lake-docs.ts';

/** `npm run docs [-- --check]`: writes the data dictionary and the guide's examples, or with `--check` fails when one is stale. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const documents = [
    { file: dataDictionaryFile, fresh: dataDictionary() },
    { file: extendingGuideFile, fresh: extendingGuide() },
  ];
  for (const { file, fresh } of documents) {
    if (existsSync(file) && readFileSync(file, 'utf8') === fresh) {
      console.log(`${file} is up to date.`);
    } else if (values.check) {
      console.error(`${file} is stale: run "npm run docs".`);
      process.exitCode = 1;
    } else {
      writeFileSync(file, fresh);
      console.log(`${file} is written.`);
    }
  }
}

await runScript(main);
