/**
 * `{{ "https://shop.example/tv" | link }}`: the address of a page with the ids of what led to it, which the page's events hand back.
 * Web addresses only: a customer's trait must not become a script. Throws a TypeError for any other.
 */
export function trackedLink(address: string, ids: Readonly<Record<string, string>>): string {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new TypeError(`Expected the address of a page, https://…, got ${address.slice(0, 100)}`);
  }
  for (const [name, id] of Object.entries(ids)) url.searchParams.set(name, id);
  return url.href;
}
