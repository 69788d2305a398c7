import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { askedCloudFile } from './asked-cloud-file.ts';
import { stageOutputs } from './stage-outputs.ts';

/** What the local cloud prints when it is ready. */
export const LocalCloud = z.object({
  /** The process that it is. */
  pid: z.int().min(1),
  url: z.string(),
  awsEndpoint: z.string(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  /** Public: it stands in web pages. */
  writeKey: z.string(),
  /** For what the firm's own servers tell. */
  serverKey: z.string(),
  adminKey: z.string(),
  athena: z.object({ database: z.string(), workgroup: z.string() }),
  outputs: z.record(z.string(), z.string()),
});
export type LocalCloud = z.infer<typeof LocalCloud>;

/** A Lemniscate that scripts talk to: how to reach its AWS services, and the outputs of its stacks. */
export interface Target {
  readonly client: {
    readonly region?: string;
    readonly endpoint?: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly outputs: Readonly<Record<string, string>>;
}

/** The deployed stage, or without one the local cloud that runs in this folder. Throws an Error that says how to start it. */
export async function targetOf(stage: string | undefined): Promise<Target> {
  if (stage === undefined) return localTarget(readLocalCloud());
  const { region, outputs } = await stageOutputs(stage);
  return { client: { region }, outputs };
}

/** The target that a local cloud is. */
export function localTarget({
  region,
  awsEndpoint: endpoint,
  accessKeyId,
  secretAccessKey,
  outputs,
}: Omit<LocalCloud, 'pid'>): Target {
  return { client: { region, endpoint, credentials: { accessKeyId, secretAccessKey } }, outputs };
}

/** The local cloud that runs in this folder. Throws an Error that says how to start it. */
export function readLocalCloud(): LocalCloud {
  const file = askedCloudFile();
  const { success, data, error } = LocalCloud.safeParse(readJson(file));
  if (success) return data;
  const fields = error.issues.map(({ path }) => path.join('.') || 'all').join(', ');
  throw new Error(`${file} is not what a local cloud of this version leaves (${fields}): start it again`);
}

/** An output that the stacks must have. */
export function outputOf(target: Target, name: string): string {
  const output = target.outputs[name];
  if (output === undefined)
    throw new Error(`The stacks have no output ${name}, only ${Object.keys(target.outputs).join(', ')}`);
  return output;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} can't be read, and LEMNISCATE_CLOUD_FILE names it`, { cause });
  }
}
