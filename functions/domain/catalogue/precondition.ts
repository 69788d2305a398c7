/** The conditional headers of a request (RFC 9110, section 13.1). */
export interface Preconditions {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/** The ETag of an item's version. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/**
 * Whether a request's conditions hold for the version that is stored (`undefined` when nothing is). If-Match compares
 * strongly and If-None-Match weakly; of both only If-Match counts, as RFC 9110, section 13.2.2 says.
 */
export function conditionsHold({ ifMatch, ifNoneMatch }: Preconditions, version: number | undefined): boolean {
  if (ifMatch !== undefined) return names(ifMatch, version, (tag) => tag);
  if (ifNoneMatch !== undefined) return !names(ifNoneMatch, version, (tag) => tag.replace(/^W\//, ''));
  return true;
}

function names(header: string, version: number | undefined, comparable: (tag: string) => string): boolean {
  if (version === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim());
  return tags.some((tag) => tag === '*' || comparable(tag) === entityTag(version));
}
