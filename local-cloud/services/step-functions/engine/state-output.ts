import { evaluate } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import { StateError } from './state-error.ts';
import type { VisitContext } from './visit-context.ts';

/** 256 KiB: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const maximumBytes = 262_144;

/** Throws `StateError` when a document is larger than a state may hand on. `what` made it. */
export function checkSize(value: unknown, what: string): void {
  if (Buffer.byteLength(JSON.stringify(value)) <= maximumBytes) return;
  throw new StateError(
    'States.DataLimitExceeded',
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

/** The fields of a state, or of a rule of it, that say what comes out of it. */
export interface OutputFields {
  readonly Output?: unknown;
  readonly Assign?: Readonly<Record<string, unknown>> | undefined;
}

/** Evaluates Assign and Output, both with the variables as they were before. `otherwise` is the output of a state that names none. */
export async function stateOutput(
  context: VisitContext,
  { Output, Assign }: OutputFields,
  otherwise: unknown,
  extra: Readonly<Record<string, unknown>> = {},
  location = '',
): Promise<{ output: unknown; assigned?: Readonly<Record<string, unknown>> }> {
  const bindings = context.bindings(extra);
  const assigned: [string, unknown][] = [];
  for (const [name, value] of Object.entries(Assign ?? {}))
    assigned.push([name, await evaluate(value, `${location}Assign/${name}`, bindings)]);
  const output = Output === undefined ? otherwise : await evaluate(Output, `${location}Output`, bindings);
  checkSize(output, context.name);
  return { output, ...(Assign === undefined ? {} : { assigned: Object.fromEntries(assigned) }) };
}
