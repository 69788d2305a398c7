import type { StackOutputs } from './make-resources.ts';

/** Outputs that people wrote, all stacks together; the API's address is where it listens here. */
export function outputsOf(stacks: StackOutputs, apiUrl: string): Readonly<Record<string, string>> {
  const entries = [...stacks.values()].flatMap((outputs) => Object.entries(outputs));
  const written = entries.filter(([name]) => !/^(PublishOutput|ExportsOutput)/.test(name));
  const here = (value: string) => value.replace(/^https:\/\/\w+\.execute-api\.[\w.-]+/, apiUrl);
  return Object.fromEntries(written.map(([name, value]) => [name, here(value)]));
}
