import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runScript } from '../run/run-script.ts';
import { dataDictionary, dataDictionaryFile } from './lake-docs.ts';

/** `npm run docs [-- --check]`: writes the data dictionary, or with `--check` fails when it is stale. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const fresh = dataDictionary();
  if (existsSync(dataDictionaryFile) && readFileSync(dataDictionaryFile, 'utf8') === fresh) {
    console.log(`${dataDictionaryFile} is up to date.`);
  } else if (values.check) {
    console.error(`${dataDictionaryFile} is stale: run "npm run docs".`);
    process.exitCode = 1;
  } else {
    writeFileSync(dataDictionaryFile, fresh);
    console.log(`${dataDictionaryFile} is written.`);
  }
}

await runScript(main);
