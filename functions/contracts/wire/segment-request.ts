import { type InteractionType, interactionTypes } from '#domain/interaction/interaction.ts';
import { exactJson } from '#domain/text/exact-json.ts';
import { isObject } from '#domain/text/is-object.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { withOldOptions } from './old-options.ts';

/** Sizes of the Segment spec, in bytes of UTF-8 JSON: one event, and one request after decompression. */
export const largestEventBytes = 32 * 1024;
export const largestRequestBytes = 500 * 1024;

/** Past this a request is no request but an attack on whoever writes its JSON again, which takes a stack frame a level. */
const deepestRequest = 500;

/** Five times what the SDKs send at once: a request of empty items would be dear to refuse. */
export const mostBatchItems = 500;

/** Bytes that repeating the batch's context and integrations in its items may add; ten times the largest request. */
export const largestRepeatedBytes = 5_000 * 1024;

const shortForms: Readonly<Record<string, InteractionType | 'batch'>> = {
  t: 'track',
  i: 'identify',
  p: 'page',
  s: 'screen',
  g: 'group',
  a: 'alias',
  b: 'batch',
  batch: 'batch',
  import: 'batch',
  ...Object.fromEntries(interactionTypes.map((type) => [type, type])),
};

/** What an endpoint takes: one call of a type, or a batch. `undefined` for a name that is no endpoint. */
export function endpointOf(name: string): InteractionType | 'batch' | undefined {
  return Object.hasOwn(shortForms, name) ? shortForms[name] : undefined;
}

/** A request that can never succeed, with the code that its sender is told. */
export interface RequestFault {
  readonly kind: 'refused';
  readonly code: 'malformed_json' | 'malformed_batch' | 'batch_too_large';
  readonly message: string;
}

/** A readable request: its events as they came, each merged with what the batch says for all. */
export interface SegmentRequest {
  readonly kind: 'request';
  readonly events: readonly unknown[];
  readonly sentAt?: unknown;
  readonly writeKey?: string;
}

/** Reads a request body of the Segment HTTP API into its events. Batch-level `context` and `integrations` go into each item. */
export function readSegmentRequest(body: string, endpoint: InteractionType | 'batch'): SegmentRequest | RequestFault {
  if (deepestNesting(body) > deepestRequest) {
    return { kind: 'refused', code: 'malformed_json', message: `The body nests deeper than ${deepestRequest} levels.` };
  }
  const said = parseJson(body);
  if (!isObject(said)) {
    return { kind: 'refused', code: 'malformed_json', message: 'The body must be a JSON object.' };
  }
  const parsed = withOldOptions(said);
  const common = {
    kind: 'request' as const,
    sentAt: parsed.sentAt,
    ...(typeof parsed.writeKey === 'string' ? { writeKey: parsed.writeKey } : {}),
  };
  if (endpoint !== 'batch') return { ...common, events: [{ ...parsed, type: endpoint }] };
  if (!Array.isArray(parsed.batch)) {
    return { kind: 'refused', code: 'malformed_batch', message: 'A batch must have an array "batch" of events.' };
  }
  const { context, integrations } = parsed;
  if (parsed.batch.length > mostBatchItems) {
    return { kind: 'refused', code: 'batch_too_large', message: `A batch may have ${mostBatchItems} events.` };
  }
  const repeatedBytes = parsed.batch.length * Buffer.byteLength(JSON.stringify([context, integrations]));
  if (repeatedBytes > largestRepeatedBytes) {
    const message = `A batch's context and integrations may add ${largestRepeatedBytes} bytes to its events.`;
    return { kind: 'refused', code: 'batch_too_large', message };
  }
  const events = parsed.batch.map((item: unknown) => {
    if (!isObject(item)) return item;
    const event = withOldOptions(item);
    return { ...event, ...merged('context', context, event), ...merged('integrations', integrations, event) };
  });
  return { ...common, events };
}

/** What the item says wins over what the batch says. */
function merged(field: string, shared: unknown, item: JsonObject): JsonObject {
  if (!isObject(shared)) return {};
  const own = item[field];
  if (own === undefined || own === null) return { [field]: shared };
  return isObject(own) ? { [field]: { ...shared, ...own } } : {};
}

function parseJson(text: string): unknown {
  try {
    return exactJson(text);
  } catch {
    return undefined;
  }
}

/** Levels of nesting in a JSON text, read without building it; brackets inside strings do not count. */
function deepestNesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (isInString) {
      if (char === 0x5c) index++;
      else if (char === 0x22) isInString = false;
    } else if (char === 0x22) isInString = true;
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (char === 0x7d || char === 0x5d) depth--;
  }
  return deepest;
}
