import { argumentError } from './argument-error.ts';

/** `$parse`: JSON and nothing beside it. A repeated name, or a number that no double holds, is no JSON to Step Functions. */
export function parseJson(text: string): unknown {
  const invalid = () => argumentError('Invalid JSON');
  try {
    return JSON.parse(text, function (this: unknown, _name, value: unknown) {
      if (typeof value === 'number' && !Number.isFinite(value)) throw invalid();
      return value;
    });
  } catch {
    throw invalid();
  }
}
