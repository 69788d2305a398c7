import { Ajv2020 } from 'ajv/dist/2020.js';
import { openApi } from '#contracts/api/open-api.ts';
import type { Route } from '#contracts/api/route.ts';
import { routes } from '#contracts/api/routes.ts';

/** An answer of the API, as far as the document describes it. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** What an answer of a route has that the OpenAPI document does not say; undefined when there is nothing, or the document is silent of the route. */
export function undocumented(route: Route, { status, headers, text }: Answered): string | undefined {
  if (route.operation === undefined) return undefined;
  const at = `${route.method} ${route.path}: ${status}`;
  const described: Described | undefined = Reflect.get(route.operation.responses, status);
  if (described === undefined) return `${at} is not in the document`;
  if (status === 503 && headers['retry-after'] === undefined) return `${at} lacks retry-after`;
  const schema = described.content?.['application/json']?.schema;
  if (schema === undefined) return text === '' ? undefined : `${at} has a body, of which the document knows nothing`;
  const { ajv } = checks();
  return ajv.validate(closed(schema), JSON.parse(text)) ? undefined : `${at}: ${ajv.errorsText()}`;
}

/** The route that API Gateway leads a request by, of those of one function when it is named: names in a path before parameters, those before greedy ones. */
export function routeOf(method: string, path: string, to?: string): Route | undefined {
  const fits = checks().list.filter(
    (route) => route.method === method && (to === undefined || route.to === to) && patternOf(route).test(path),
  );
  return fits.sort((one, other) => freedom(one.path) - freedom(other.path) || other.path.length - one.path.length)[0];
}

/** A route of a function for requests whose path a test does not say. */
export function anyRouteOf(method: string, to: string): Route | undefined {
  return checks().list.find((route) => route.method === method && route.to === to);
}

interface Described {
  readonly content?: { readonly 'application/json'?: { readonly schema: object } };
}

let made: { readonly ajv: Ajv2020; readonly list: readonly Route[] } | undefined;

/** Made when they are first needed, once for all answers. */
function checks() {
  const all = () => {
    // What a field means is said in words; formats are the senders' to keep.
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const [name, schema] of Object.entries(openApi().components.schemas)) {
      ajv.addSchema(closed(schema), `#/components/schemas/${name}`);
    }
    return { ajv, list: routes() };
  };
  made ??= all();
  return made;
}

const closedOnes = new WeakMap<object, object>();

/** The schema with every object in it closed, so that a field which the document does not name is a fault. */
function closed(schema: object): object {
  const known = closedOnes.get(schema);
  if (known !== undefined) return known;
  const parts = Object.entries(schema).map(([name, part]) => [name, isObject(part) ? closed(part) : part]);
  const isOpen = 'properties' in schema && isObject(schema.properties) && !('additionalProperties' in schema);
  const copy = Array.isArray(schema)
    ? parts.map(([, part]) => part)
    : { ...Object.fromEntries(parts), ...(isOpen ? { additionalProperties: false } : {}) };
  closedOnes.set(schema, copy);
  return copy;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function patternOf({ path }: Route): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\+\}/g, '.+').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

/** How much a path leaves open. */
function freedom(path: string): number {
  return (path.match(/\{\w+\}/g)?.length ?? 0) + 100 * (path.match(/\{\w+\+\}/g)?.length ?? 0);
}
