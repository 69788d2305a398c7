import type { OperandTypes } from './dialect/translate.ts';

/** More texts than an analyst's day has. */
const mostTexts = 500;

/**
 * The operand types of texts that were bound before. DuckDB tells them one site at a time, which for the customers' view, with its
 * 260 sites, takes seconds. A text is known with the columns of what it reads from, so that a changed table is asked about anew.
 */
export class KnownTypes {
  private readonly texts = new Map<string, OperandTypes>();

  of(text: string): OperandTypes | undefined {
    return this.texts.get(text);
  }

  keep(text: string, types: OperandTypes): void {
    const [oldest] = this.texts.keys();
    if (this.texts.size >= mostTexts && oldest !== undefined) this.texts.delete(oldest);
    this.texts.set(text, types);
  }
}
