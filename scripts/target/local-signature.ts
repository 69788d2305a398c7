import type { LocalCloud } from './target.ts';

/** What a caller of the local cloud's Lambda sends as `authorization`: the cloud looks up the access key and leaves the signature alone. */
export function localSignature({ accessKeyId, region }: Pick<LocalCloud, 'accessKeyId' | 'region'>): string {
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260302/${region}/lambda/aws4_request, SignedHeaders=host, Signature=none`;
}
