import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { runScript } from './run-script.ts';
import { stageOutputsFile } from './target.ts';

/** `npm run deploy -- --stage dev [cdk options]`: deploys every stack and keeps their outputs for the other scripts. */
async function main(): Promise<void> {
  const { values, tokens } = parseArgs({
    options: { stage: { type: 'string', default: 'dev' } },
    strict: false,
    tokens: true,
  });
  const stage = String(values.stage);
  const passedOn = process.argv.slice(2).filter((_, index) => !tokens.some((token) => isStageAt(token, index)));
  mkdirSync(dirname(stageOutputsFile(stage)), { recursive: true });
  const cli = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const args = [
    'deploy',
    '--all',
    '--context',
    `stage=${stage}`,
    '--outputs-file',
    stageOutputsFile(stage),
    ...passedOn,
  ];
  const child = spawn(process.execPath, [cli, ...args], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  process.exitCode = Number(code ?? 1);
}

function isStageAt(
  token: { kind: string; index: number; name?: string; inlineValue?: boolean | undefined },
  index: number,
): boolean {
  if (token.kind !== 'option' || token.name !== 'stage') return false;
  return index === token.index || (token.inlineValue === false && index === token.index + 1);
}

await runScript(main);
