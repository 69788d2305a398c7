import { StageName } from './stage-name.ts';

interface Named {
  readonly stage: string;
  readonly domain?: unknown;
}

/**
 * The settings for a stage's name: those of that name, or those of the one kind that stands among its parts, under the new name
 * and without the domain, which can lead to one API only. A name with two kinds in it, or none, has no settings.
 */
export function stageLike<Settings extends Named>(
  stage: unknown,
  known: readonly Settings[],
): Settings | Omit<Settings, 'domain'> | undefined {
  const listed = known.find((settings) => settings.stage === stage);
  if (listed !== undefined) return listed;
  const name = StageName.safeParse(stage);
  if (!name.success) return undefined;
  const parts = name.data.split('-');
  const [kind, ...others] = known.filter((settings) => parts.includes(settings.stage));
  if (kind === undefined || others.length > 0) return undefined;
  const { domain: _, ...settings } = kind;
  return { ...settings, stage: name.data };
}
