/** The `Authorization` header that a key makes: user of Basic authentication, without a password. */
export function basicAuth(key: string): string {
  return `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
}
