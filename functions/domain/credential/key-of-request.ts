/**
 * The key that a request carries: `X-Write-Key`, the user of Basic authentication (as the Segment SDKs send it), or a
 * Bearer token. Header names are lower-case, as API Gateway hands them over.
 */
export function keyOfRequest(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  const writeKey = headers['x-write-key']?.trim();
  if (writeKey) return writeKey;
  const [scheme = '', value = ''] = (headers.authorization ?? '').trim().split(/\s+/, 2);
  if (/^bearer$/i.test(scheme)) return value || undefined;
  if (!/^basic$/i.test(scheme)) return undefined;
  const [user = ''] = Buffer.from(value, 'base64').toString('utf8').split(':', 1);
  return user || undefined;
}
