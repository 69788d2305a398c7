import { withoutAddresses } from './personal-data.ts';

/** A text from outside as the lake keeps it, without addresses; null for none. */
export function cleanedText(text: string | undefined): string | null {
  return text === undefined ? null : withoutAddresses(text);
}
