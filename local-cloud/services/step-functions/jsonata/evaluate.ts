import jsonata, { type Expression } from 'jsonata';
import * as z from 'zod';
import { isRecord } from '#local-cloud/cloud/record.ts';
import { evaluationError } from '#local-cloud/services/step-functions/engine/state-error.ts';
import { addAwsFunctions } from './aws-functions.ts';
import { jsonTypeOf } from './json-type.ts';

/** What expressions see: `$states`, and the variables by their names. */
export interface Bindings {
  readonly states: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds of `$now()` and `$millis()`. */
  readonly nowMs: number;
}

const expressionText = /^\{%([\s\S]*)%\}$/;

/** The text between `{%` and `%}`, or undefined for any other value. */
export function expressionIn(value: unknown): string | undefined {
  return typeof value === 'string' ? expressionText.exec(value)?.[1]?.trim() : undefined;
}

/** A value of a definition with every expression in it evaluated; `location` says where it stands. Throws `StateError`. */
export async function evaluate(value: unknown, location: string, bindings: Bindings): Promise<unknown> {
  const text = expressionIn(value);
  if (text !== undefined) return await evaluateText(text, location, bindings);
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const [index, item] of value.entries()) items.push(await evaluate(item, `${location}[${index}]`, bindings));
    return items;
  }
  if (!isRecord(value)) return value;
  const members: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value))
    members.push([name, await evaluate(member, `${location}/${name}`, bindings)]);
  return Object.fromEntries(members);
}

/** Evaluates a field that must give one type of value. Throws `StateError`. */
export async function evaluateAs<Value>(
  type: 'array' | 'boolean' | 'number' | 'string',
  schema: z.ZodType<Value>,
  value: unknown,
  location: string,
  bindings: Bindings,
): Promise<Value> {
  const found = await evaluate(value, location, bindings);
  const parsed = schema.safeParse(found);
  if (parsed.success) return parsed.data;
  throw evaluationError(
    `${saidOf(value, location)} returned an unexpected result type. Expected '${type}', but was '${jsonTypeOf(found)}' for value: ${JSON.stringify(found)}`,
    location,
  );
}

const saidOf = (value: unknown, location: string) =>
  `The JSONata expression '${expressionIn(value) ?? JSON.stringify(value)}' specified for the field '${location}'`;

const jsonataError = z.looseObject({ code: z.string().optional(), message: z.string() });

async function evaluateText(text: string, location: string, { states, variables, nowMs }: Bindings): Promise<unknown> {
  const said = `The JSONata expression '${text}' specified for the field '${location}'`;
  let found: unknown;
  try {
    const now = { millis: () => nowMs, now: nowAs(nowMs) };
    found = await compiled(text).evaluate(undefined, { ...now, ...variables, states });
  } catch (error) {
    const { code, message } = jsonataError.parse(error);
    const what = code === undefined ? message : `${code}: ${message}`;
    throw evaluationError(`${said} threw an error during evaluation. ${what}`, location);
  }
  if (found === undefined) throw evaluationError(`${said} returned nothing (undefined).`, location);
  if (!isJson(found)) throw evaluationError(`${said} returned an unsupported result type.`, location);
  // Lists that JSONata makes have marks of its own on them.
  const json: unknown = JSON.parse(JSON.stringify(found));
  return json;
}

const cache = new Map<string, Expression>();

/** The expression, parsed once. Throws JSONata's error when it is none. */
export function compiled(text: string): Expression {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const expression = jsonata(text);
  addAwsFunctions(expression);
  cache.set(text, expression);
  return expression;
}

const inPicture = jsonata('$fromMillis(millis, picture, zone)');

function nowAs(millis: number) {
  return (picture?: string, zone?: string) => inPicture.evaluate({ millis, picture, zone });
}

/** Whether a result has a form in JSON: functions and regular expressions have none. */
function isJson(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isJson);
  if (isRecord(value)) {
    if ('_jsonata_function' in value || '_jsonata_lambda' in value) return false;
    return Object.values(value).every((member) => member === undefined || isJson(member));
  }
  return typeof value !== 'function' && typeof value !== 'symbol' && typeof value !== 'bigint';
}
