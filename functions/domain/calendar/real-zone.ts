import { isZone } from './zoned-time.ts';

// Names of the IANA time zone database. Intl knows more: offsets, and abbreviations of three letters that mean several places
// (IST is India’s, Ireland’s and Israel’s).
const zoneName = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/;
const threeLetters = /^[A-Za-z]{3}$/;
const ianaOfThree = new Set([
  'UTC',
  'GMT',
  'UCT',
  'CET',
  'EET',
  'MET',
  'WET',
  'EST',
  'MST',
  'HST',
  'PRC',
  'ROC',
  'ROK',
]);
const longestZone = 64;

// Asking Intl for a zone that there is not takes as long as folding the rest. Names come from outside: so they are bounded.
const verdicts = new Map<string, boolean>();
const mostVerdicts = 1000;

/**
 * Whether a text names a real time zone: one of the IANA database, its fixed offsets (`Etc/GMT+5`, `UTC`) among them. Clients that
 * can't find theirs out say `Etc/Unknown`, `undefined`, `local` or `GMT+5`.
 */
export function isRealZone(text: unknown): text is string {
  if (typeof text !== 'string' || text.length > longestZone || !zoneName.test(text)) return false;
  if (threeLetters.test(text) && !ianaOfThree.has(text)) return false;
  const known = verdicts.get(text);
  if (known !== undefined) return known;
  const verdict = isZone(text);
  if (verdicts.size >= mostVerdicts) verdicts.clear();
  verdicts.set(text, verdict);
  return verdict;
}
