import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';

const storedSecrets = z.record(
  z.string(),
  z.object({ value: z.string(), createdMs: z.number(), versionId: z.string() }),
);

/** Secrets by name that outlive the process. */
export interface SecretsFile {
  read(): Promise<z.infer<typeof storedSecrets>>;
  write(secrets: z.infer<typeof storedSecrets>): Promise<void>;
}

export function secretsFile(file: string): SecretsFile {
  return { read: () => readStored(file), write: (secrets) => writeStored(file, secrets) };
}

async function readStored(file: string): Promise<z.infer<typeof storedSecrets>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}';
    throw error;
  });
  return storedSecrets.parse(JSON.parse(text));
}

/** For the owner's eyes only, and whole or not at all. */
async function writeStored(file: string, secrets: z.infer<typeof storedSecrets>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.draft`, JSON.stringify(secrets), { mode: 0o600 });
  await rename(`${file}.draft`, file);
}
