import { createHash, randomUUID } from 'node:crypto';
import type { Expression } from 'jsonata';
import { argumentError } from './argument-error.ts';
import { javaRandom } from './java-random.ts';
import { parseJson } from './parse-json.ts';

const algorithms = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

/**
 * Gives an expression the functions that Step Functions adds, and takes $eval from it:
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn
 */
export function addAwsFunctions(expression: Expression): void {
  expression.assign('eval', undefined);
  expression.registerFunction('partition', partition, '<xn?:x>');
  expression.registerFunction('range', range, '<nnn?:a>');
  expression.registerFunction('hash', hash, '<ss?:s>');
  expression.registerFunction(
    'random',
    (seed?: number) => (seed === undefined ? Math.random() : javaRandom(seed)),
    '<n?:n>',
  );
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction('parse', (text?: string) => (text === undefined ? undefined : parseJson(text)), '<s?:x>');
}

/** Numbers that count are cut to whole ones, towards zero. */
function partition(items: unknown, chunkSize?: number): unknown {
  if (items === undefined) return undefined;
  // With the position, name and type that JSONata's own message has for it.
  if (!Array.isArray(items)) throw Object.assign(new Error(), { code: 'T0412', index: 1, token: 'partition' });
  if (items.length === 0) return chunkSize === undefined ? [[]] : undefined;
  const size = chunkSize === undefined ? items.length : Math.trunc(chunkSize);
  if (size < 0) throw argumentError('Second argument must be zero or greater');
  if (size === 0) return undefined;
  const chunks: unknown[] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/** The most elements that an evaluation of JSONata may give. */
const mostElements = 10_000_000;

function range(first?: number, last?: number, step?: number): unknown {
  if (first === undefined || last === undefined || step === undefined) return undefined;
  const [start, end, stride] = [Math.trunc(first), Math.trunc(last), Math.trunc(step)];
  const count = stride === 0 ? 0 : Math.max(0, Math.floor((end - start) / stride) + 1);
  if (count > mostElements) throw argumentError(`The size of the sequence must not exceed ${mostElements}`);
  return sequence(Array.from({ length: count }, (_, index) => start + index * stride));
}

function hash(text?: string, algorithm?: string): unknown {
  if (text === undefined || algorithm === undefined) return undefined;
  const known = algorithms.get(algorithm);
  if (known === undefined)
    throw argumentError(`Hash algorithm '${algorithm}' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5`);
  return createHash(known).update(text).digest('hex');
}

/** As what JSONata's own operators give: of one element it is that element, of none nothing. */
function sequence(elements: readonly unknown[]): unknown {
  return elements.length < 2 ? elements[0] : elements;
}
