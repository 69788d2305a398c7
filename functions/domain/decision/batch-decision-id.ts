/**
 * The id of a decision of a batch, a UUID (version 8, variant digit a or b): 56 bits name the batch, whose decisions are stored together,
 * and 65 bits name the decision, so that nobody who was sent one can guess another's. Both hashes are keyed, in hex.
 */
export function batchDecisionId(batchHash: string, decisionHash: string): string {
  const variant = ((Number.parseInt(decisionHash.charAt(1), 16) & 0x1) | 0xa).toString(16);
  const [time, middle] = [batchHash.slice(0, 8), batchHash.slice(8, 12)];
  return `${time}-${middle}-8${batchHash.slice(12, 14)}${decisionHash.charAt(0)}-${variant}${decisionHash.slice(2, 5)}-${decisionHash.slice(5, 17)}`;
}

/** What the ids of all decisions that are stored together begin with: of a batch, or of one made alone. */
export function sharedPart(decisionId: string): string {
  return ofBatch.test(decisionId) ? decisionId.slice(0, 17) : decisionId.slice(0, -2);
}

const ofBatch = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[ab]/;
