import { isRecord } from '#local-cloud/cloud/record.ts';
import { StateError } from '#local-cloud/services/step-functions/engine/state-error.ts';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import type { Resource } from './resource.ts';
import { serviceFailure } from './service-failure.ts';

/** What errors of a service begin with. */
const prefixes: Readonly<Record<string, string>> = {
  athena: 'Athena',
  dynamodb: 'DynamoDb',
  events: 'EventBridge',
  s3: 'S3',
};

/** Calls a service's API with a task's arguments, in the machine's role; bytes in the answer become text, times ISO 8601. */
export async function callService(
  { run }: VisitContext,
  { service, operation }: Pick<Extract<Resource, { readonly kind: 'integration' }>, 'service' | 'operation'>,
  parameters: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  if (!isRecord(parameters)) throw new StateError('States.Runtime', `${operation} takes an object`);
  const { context } = run.engine;
  const input = service === 'events' ? withTextDetails(parameters) : parameters;
  const role = context.roleOf(run.execution.machine.roleArn);
  const output = await context.call(role, service, operation, input).catch((error: unknown) => {
    throw serviceFailure(error, prefixes[service] ?? service);
  });
  const answer = asJson(output);
  if (service === 'events' && isRecord(answer) && Number(answer.FailedEntryCount) > 0) {
    throw new StateError('EventBridge.FailedEntry', JSON.stringify(answer));
  }
  return isRecord(answer) ? answer : {};
}

/** The details of events may be given as what they are, where the API takes their text. */
function withTextDetails(parameters: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { Entries } = parameters;
  if (!Array.isArray(Entries)) return parameters;
  return {
    ...parameters,
    Entries: Entries.map((entry: unknown) =>
      isRecord(entry) && typeof entry.Detail !== 'string' ? { ...entry, Detail: JSON.stringify(entry.Detail) } : entry,
    ),
  };
}

function asJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(asJson);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asJson(member)]));
}
