import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';

/** Runs `cdk synth` as `npm run synth` does, quietly. Throws an Error with what it printed when it fails. */
export async function synthesize(extraArguments: readonly string[] = []): Promise<void> {
  const cli = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const child = spawn(process.execPath, [cli, 'synth', '--quiet', ...extraArguments], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`cdk synth failed:\n${printed}`);
}
