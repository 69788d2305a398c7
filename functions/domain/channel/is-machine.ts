/** Mail gateways that open and follow what they let through, programs, and Apple's, which loads pictures of mail that nobody reads. */
const machines =
  /bot\b|crawl|spider|scan|preview|curl|wget|python|java\/|go-http|okhttp|headless|phantom|barracuda|mimecast|proofpoint|symantec|trendmicro|fireeye|safelinks|forcepoint|cisco|ironport/i;
/** What Apple Mail Privacy Protection calls itself, and nothing more. */
const privacyProxy = /^Mozilla\/5\.0$/;
/** Nobody reads a mail so soon after it was sent, milliseconds; gateways do. */
const soonestMs = 3000;

/**
 * Whether a mail was opened, or a link in it followed, by a program and not by its reader. Programs that fetch pictures for a reader who
 * looks at the mail, as Gmail's and Yahoo's proxies do, are readers.
 */
export function isMachine(userAgent: string, sinceSentMs: number): boolean {
  const agent = userAgent.trim();
  return agent === '' || privacyProxy.test(agent) || machines.test(agent) || sinceSentMs < soonestMs;
}
