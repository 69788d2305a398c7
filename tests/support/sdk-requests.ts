import { gzipSync } from 'node:zlib';
import type { RequestParts } from './builders/http-request.ts';

const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
const zipped = (value: unknown) => gzipSync(JSON.stringify(value));
const sentAt = '2026-03-10T11:59:59.500Z';
const common = {
  type: 'track',
  event: 'Seen',
  userId: 'u',
  anonymousId: 'a',
  messageId: 'm',
  timestamp: '2026-03-10T11:59:58.000Z',
};

/** One event as SDKs that are not run here send it, by their sources: SDK and version, then the request. */
export const sdkRequests: readonly (readonly [string, RequestParts])[] = [
  [
    'Segment Java 3.5.2',
    {
      path: '/v1/import/',
      headers: { authorization: basic('web-key'), 'content-encoding': 'gzip', 'user-agent': 'analytics-java/3.5.2' },
      body: zipped({
        batch: [{ ...common, channel: 'server', context: {}, integrations: {}, properties: { n: 1 } }],
        sentAt,
        context: { library: { name: 'analytics-java', version: '3.5.2' } },
        sequence: 1,
        writeKey: 'web-key',
      }),
    },
  ],
  [
    'Segment Android 4.11.3',
    {
      path: '/v1/import',
      headers: { authorization: basic('web-key'), 'content-encoding': 'gzip', 'content-type': 'application/json' },
      body: zipped({
        batch: [{ ...common, channel: 'mobile', context: { device: { id: 'd' } }, integrations: { All: true } }],
        sentAt,
        writeKey: 'web-key',
      }),
    },
  ],
  [
    'Segment Kotlin 1.19.2',
    {
      path: '/v1/b',
      headers: { 'content-encoding': 'gzip', 'content-type': 'text/plain' },
      body: zipped({
        batch: [
          { ...common, properties: {}, _metadata: { bundled: [], unbundled: [], bundledIds: [] }, integrations: {} },
        ],
        sentAt,
        writeKey: 'web-key',
      }),
    },
  ],
  [
    'Segment .NET',
    {
      path: '/v1/import',
      headers: { authorization: basic('web-key'), 'content-type': 'application/json' },
      body: `\uFEFF${JSON.stringify({
        messageId: 'batch-1',
        batch: [{ ...common, timestamp: '2026-03-10T11:59:58.1234567+00:00', options: { context: { ip: '1.2.3.4' } } }],
        sentAt: '2026-03-10T11:59:59.1234567Z',
      })}`,
    },
  ],
  [
    'Segment Ruby',
    {
      path: '/v1/import',
      headers: { authorization: basic('web-key'), accept: 'application/json', 'content-type': 'application/json' },
      body: { sentAt: '2026-03-10T11:59:59+00:00', batch: [{ ...common, timestamp: '2026-03-10T12:59:58.000+01:00' }] },
    },
  ],
  [
    'an SDK of old with options',
    {
      path: '/v1/track/',
      headers: { authorization: basic('web-key') },
      body: {
        ...common,
        anonymousId: undefined,
        options: { anonymousId: 'a', page: { path: '/' }, context: { ip: '::1' } },
      },
    },
  ],
  [
    'RudderStack’s browser with beacons',
    {
      path: '/beacon/v1/batch',
      query: { writeKey: 'web-key' },
      headers: { 'content-type': 'text/plain' },
      body: { batch: [{ ...common, originalTimestamp: common.timestamp, channel: 'web' }], sentAt },
    },
  ],
  [
    'Segment’s pixel',
    {
      method: 'GET',
      path: '/v1/pixel/track',
      query: { data: Buffer.from(JSON.stringify({ ...common, writeKey: 'web-key' })).toString('base64') },
    },
  ],
];
