import type { InteractionType } from '#domain/interaction/interaction.ts';
import { endpointOf } from './segment-request.ts';

/** What a path asks of the ingest API. */
export type SegmentPath =
  | { readonly kind: 'calls'; readonly endpoint: InteractionType | 'batch' }
  /** An event in the query, for places that can load nothing but a picture. */
  | { readonly kind: 'pixel'; readonly endpoint: InteractionType }
  | { readonly kind: 'source-config' };

/**
 * Reads a path as SDKs write it: with slashes twice or at the end (`/v1/import/` of Segment's Java), with RudderStack's
 * `/beacon` before it, as Segment's pixel `/v1/pixel/track`, or as RudderStack's configuration. `undefined` for any other.
 */
export function readSegmentPath(method: string, path: string): SegmentPath | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  if (method === 'GET' && parts.join('/') === 'sourceConfig') return { kind: 'source-config' };
  const [name = '', ...root] = parts.toReversed();
  const endpoint = endpointOf(name);
  if (endpoint === undefined) return undefined;
  const place = root.toReversed().join('/');
  if (method === 'POST' && (place === 'v1' || place === 'beacon/v1')) return { kind: 'calls', endpoint };
  const isPixel = method === 'GET' && place === 'v1/pixel' && endpoint !== 'batch';
  return isPixel ? { kind: 'pixel', endpoint } : undefined;
}
