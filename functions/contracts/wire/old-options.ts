import { isObject } from '#domain/text/is-object.ts';
import type { JsonObject } from '#domain/text/json-object.ts';

/** What callers of older SDKs put among their options, and what is none of the context. */
const ofTheMessage = ['anonymousId', 'integrations', 'messageId', 'timestamp', 'userId'] as const;

/**
 * An event or batch with its `options` read as older SDKs mean them: fields of the message, `context`, and anything else, which
 * is context too. What the message says itself wins. Without options it is the same object.
 */
export function withOldOptions(message: JsonObject): JsonObject {
  const { options, ...said } = message;
  if (!isObject(options)) return message;
  const { context, ...rest } = options;
  const fields = Object.fromEntries(ofTheMessage.flatMap((name) => (name in rest ? [[name, rest[name]]] : [])));
  const others = Object.fromEntries(Object.entries(rest).filter(([name]) => !(name in fields)));
  const told = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
  return {
    ...fields,
    ...told,
    context: { ...others, ...(isObject(context) ? context : {}), ...(isObject(said.context) ? said.context : {}) },
  };
}
