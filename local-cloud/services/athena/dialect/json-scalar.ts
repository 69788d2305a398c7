/** Reads JSON text without building it: Trino's json_extract_scalar answers the text of the first match as it stands. */
export function jsonScalar(json: string, path: string): string | null {
  try {
    const at = find(json, skipSpace(json, 0), stepsOf(path));
    return at === undefined ? null : scalarText(json, at);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const stepPattern = /\."((?:[^"\\]|\\.)*)"|\[(\d+)\]/g;
const known = new Map<string, readonly (string | number)[]>();

/** Steps of a path in the form that `jsonPath` makes. */
function stepsOf(path: string): readonly (string | number)[] {
  const steps = known.get(path) ?? [...path.matchAll(stepPattern)].map(([, key, index]) => key ?? Number(index));
  known.set(path, steps);
  return steps;
}

/** Where the value under the steps begins; undefined when there is none. */
function find(json: string, from: number, steps: readonly (string | number)[]): number | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return from;
  const close = typeof step === 'string' ? '}' : ']';
  if (json[from] !== (typeof step === 'string' ? '{' : '[')) return undefined;
  let at = skipSpace(json, from + 1);
  for (let index = 0; json[at] !== close; index += 1) {
    let key: string | number = index;
    if (typeof step === 'string') {
      const end = skipString(json, at);
      key = String(JSON.parse(json.slice(at, end)));
      at = skipSpace(json, expect(json, skipSpace(json, end), ':'));
    }
    if (key === step) return find(json, at, rest);
    at = skipSpace(json, skipValue(json, at));
    if (json[at] === ',') at = skipSpace(json, at + 1);
    else if (json[at] !== close) throw new SyntaxError(`No end at ${at}`);
  }
  return undefined;
}

function scalarText(json: string, at: number): string | null {
  const sign = json[at];
  if (sign === '{' || sign === '[') return null;
  const text = json.slice(at, skipValue(json, at));
  if (sign === '"') return String(JSON.parse(text));
  return text === 'null' ? null : text;
}

function skipSpace(json: string, from: number): number {
  let at = from;
  while (json[at] === ' ' || json[at] === '\n' || json[at] === '\t' || json[at] === '\r') at += 1;
  return at;
}

function skipString(json: string, from: number): number {
  if (json[from] !== '"') throw new SyntaxError(`No text at ${from}`);
  for (let at = from + 1; at < json.length; at += 1) {
    if (json[at] === '\\') at += 1;
    else if (json[at] === '"') return at + 1;
  }
  throw new SyntaxError('A text does not end');
}

const plain = /(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;

/** The end of the value that begins at `from`. */
function skipValue(json: string, from: number): number {
  const sign = json[from];
  if (sign === '"') return skipString(json, from);
  if (sign !== '{' && sign !== '[') {
    plain.lastIndex = from;
    if (!plain.test(json)) throw new SyntaxError(`No value at ${from}`);
    return plain.lastIndex;
  }
  let depth = 0;
  for (let at = from; at < json.length; at += 1) {
    const inner = json[at];
    if (inner === '"') at = skipString(json, at) - 1;
    else if (inner === '{' || inner === '[') depth += 1;
    else if (inner === '}' || inner === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  throw new SyntaxError('A value does not end');
}

function expect(json: string, at: number, sign: string): number {
  if (json[at] !== sign) throw new SyntaxError(`${sign} was expected at ${at}`);
  return at + 1;
}
