import { type ConsentBlock, type ConsentQuestion, consentBlock } from './consent-block.ts';
import type { Consent } from './consent-registers.ts';

/** {@link consentBlock} for one customer, worked out once for each question that is one object. */
export function consentCheck(
  consents: ReadonlyMap<string, Consent>,
): (question: ConsentQuestion) => ConsentBlock | undefined {
  const known = new Map<ConsentQuestion, ConsentBlock | undefined>();
  return (question) => {
    if (!known.has(question)) known.set(question, consentBlock(consents, question));
    return known.get(question);
  };
}
