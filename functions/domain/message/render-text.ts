import type { Liquid, Template } from 'liquidjs';
import * as z from 'zod';
import { liquidEngine } from './liquid-engine.ts';
import { largestPart, largestTemplate, mostSteps } from './message-limits.ts';
import type { MessageTokens } from './message-tokens.ts';

/** A template with its tokens filled, or what is wrong with it: tokens that are not there by name, and all faults in words. */
export type Rendered =
  | { readonly kind: 'rendered'; readonly text: string }
  | { readonly kind: 'faulty'; readonly missing: readonly string[]; readonly faults: readonly string[] };

interface Reader {
  readonly engine: Liquid;
  /** Goes on after a token that is not there, to tell of all. */
  readonly teller: Liquid;
  /** Templates by their text: a run has one for thousands of customers. */
  readonly parsed: Map<string, Template[]>;
}

const readerThat = (escapes: boolean): Reader => ({
  engine: liquidEngine({ escapes, tellsAll: false }),
  teller: liquidEngine({ escapes, tellsAll: true }),
  parsed: new Map(),
});
const readers = { html: readerThat(true), text: readerThat(false) } as const;
const mostParsed = 200;
const steps = { templateLimit: mostSteps };

/** Fills the tokens of a Liquid template. In HTML what tokens say is escaped. Never throws: whatever the template is, it ends. */
export function renderText(template: string, tokens: MessageTokens, as: 'html' | 'text'): Rendered {
  const reader = readers[as];
  try {
    const text = String(reader.engine.renderSync(templatesOf(template, reader), { ...tokens }, steps));
    return text.length <= largestPart
      ? { kind: 'rendered', text }
      : { kind: 'faulty', missing: [], faults: [`Expected at most ${largestPart} characters, got ${text.length}`] };
  } catch (error) {
    const [fault = ''] = wordsOf(error);
    return missingIn(fault) === undefined ? faulty([fault]) : faulty(allFaults(template, tokens, reader));
  }
}

function allFaults(template: string, tokens: MessageTokens, { teller }: Reader): readonly string[] {
  try {
    teller.parseAndRenderSync(template, { ...tokens }, steps);
    return [];
  } catch (error) {
    return wordsOf(error);
  }
}

function templatesOf(template: string, { engine, parsed }: Reader): Template[] {
  if (template.length > largestTemplate) throw new RangeError(`Expected at most ${largestTemplate} characters`);
  const known = parsed.get(template);
  if (known !== undefined) return known;
  const templates = engine.parse(template);
  const [oldest] = parsed.keys();
  if (parsed.size >= mostParsed && oldest !== undefined) parsed.delete(oldest);
  parsed.set(template, templates);
  return templates;
}

const missingIn = (message: string) => /undefined variable: (.+?)(?:, (?:line|file):|$)/.exec(message)?.[1];

function faulty(faults: readonly string[]): Rendered {
  return {
    kind: 'faulty',
    missing: [...new Set(faults.flatMap((fault) => missingIn(fault) ?? []))],
    faults: [...new Set(faults)],
  };
}

/** The words of an error; of several that the engine packed into one, also within each other, the words of each. */
function wordsOf(error: unknown): readonly string[] {
  const packed = Packed.safeParse(error);
  if (packed.success) return packed.data.errors.flatMap(wordsOf);
  const inner = Inner.safeParse(error);
  const found = inner.success && Packed.safeParse(inner.data.originalError).success;
  if (found) return wordsOf(inner.data.originalError);
  return [error instanceof Error ? error.message : String(error)];
}

const Packed = z.object({ errors: z.array(z.unknown()).min(1) });
const Inner = z.object({ originalError: z.unknown() });
