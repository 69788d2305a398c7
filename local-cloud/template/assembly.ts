import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const templateResource = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  Condition: z.string().optional(),
  Metadata: z.unknown().optional(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

const templateOutput = z.object({
  Value: z.unknown(),
  Export: z.object({ Name: z.unknown() }).optional(),
});

const template = z.strictObject({
  AWSTemplateFormatVersion: z.string().optional(),
  Description: z.string().optional(),
  Metadata: z.unknown().optional(),
  Resources: z.record(z.string(), templateResource).default({}),
  Outputs: z.record(z.string(), templateOutput).default({}),
  Parameters: z.record(z.string(), z.object({ Default: z.unknown() })).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Rules: z.unknown().optional(),
});

const artifact = z.object({
  type: z.string(),
  properties: z.record(z.string(), z.unknown()).default({}),
  dependencies: z.array(z.string()).default([]),
});
const manifest = z.object({ artifacts: z.record(z.string(), artifact) });
const stackProperties = z.object({ templateFile: z.string(), stackName: z.string().optional() });
const assetManifest = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string(), packaging: z.string() }) })),
});

/** One resource of a template, unresolved. */
export type TemplateResource = z.infer<typeof templateResource>;

/** One stack of a cloud assembly, unresolved. */
export interface Stack extends z.infer<typeof template> {
  readonly name: string;
}

/** What CDK writes to cdk.out: stacks in the order they deploy in, and where each asset's files are. */
export interface Assembly {
  readonly directory: string;
  readonly stacks: readonly Stack[];
  /** Folder or file of an asset by its object key in the assets bucket (`<hash>.zip`). */
  readonly assets: ReadonlyMap<string, string>;
}

/** Reads a cloud assembly. */
export function readAssembly(directory: string): Assembly {
  const readJson = (file: string): unknown => JSON.parse(readFileSync(join(directory, file), 'utf8'));
  const { artifacts } = manifest.parse(readJson('manifest.json'));
  const stacks: Stack[] = [];
  const assets = new Map<string, string>();
  const visited = new Set<string>();
  const visit = (id: string): void => {
    const found = artifacts[id];
    if (!found || visited.has(id)) return;
    visited.add(id);
    for (const dependency of found.dependencies) visit(dependency);
    if (found.type === 'aws:cloudformation:stack') {
      const { templateFile, stackName } = stackProperties.parse(found.properties);
      stacks.push({ ...template.parse(readJson(templateFile)), name: stackName ?? id });
    }
    if (found.type === 'cdk:asset-manifest') {
      const { files } = assetManifest.parse(readJson(z.object({ file: z.string() }).parse(found.properties).file));
      for (const [hash, { source }] of Object.entries(files)) {
        assets.set(`${hash}${source.packaging === 'zip' ? '.zip' : ''}`, join(directory, source.path));
      }
    }
  };
  for (const id of Object.keys(artifacts)) visit(id);
  return { directory, stacks, assets };
}
