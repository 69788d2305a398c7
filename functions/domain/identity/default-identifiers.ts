import type { IdentifierMapping } from './identifier-mapping.ts';
import { defaultSharedDays, type IdentifierType } from './identifier-type.ts';

/**
 * The types that every stage has. A customer has one id in the firm's database, may move between mailboxes and phones, and
 * may have any number of browsers and devices.
 */
export const defaultTypes: readonly IdentifierType[] = [
  type('user_id', { priority: 1000, most: 1 }),
  type('loyalty_id', { priority: 900, most: 1 }),
  type('email', {
    normalise: 'email',
    priority: 600,
    most: 5,
    sharedAbove: 5,
    blocked: testAddresses(),
    personal: true,
  }),
  type('phone', { normalise: 'phone', priority: 500, most: 5, sharedAbove: 5, personal: true }),
  type('device_id', {
    normalise: 'folded',
    priority: 200,
    sharedAbove: 10,
    // Of all emulators and many phones with Android 2.2 (https://issuetracker.google.com/issues/36917158); of its firmware's name.
    blocked: ['9774d56d682e549c', 'lmy47d'],
    personal: true,
  }),
  type('anonymous_id', { priority: 100, sharedAbove: 10, personal: true }),
];

/**
 * Where identifiers stand in the Segment spec (https://segment.com/docs/connections/spec/): of several of one type in an
 * interaction the first leads. An alias call gives an anonymous id up, or a former user id: see `identifiersOf`.
 */
export const defaultMappings: readonly IdentifierMapping[] = [
  { from: 'userId', type: 'user_id' },
  { from: 'anonymousId', type: 'anonymous_id' },
  { from: 'previousId', type: 'anonymous_id' },
  { from: 'traits.email', type: 'email' },
  { from: 'traits.phone', type: 'phone' },
  { from: 'context.device.id', type: 'device_id' },
  { from: 'context.device.advertisingId', type: 'device_id' },
];

/** What names nobody, whatever the type, besides the words of `namesNobody`. */
export const defaultBlocked: readonly string[] = ['-1', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

/** Reserved for documents and tests (RFC 2606), and what people type to get past a form. */
function testAddresses(): string[] {
  const people = [
    'test',
    'none',
    'na',
    'unknown',
    'undefined',
    'null',
    'nil',
    'nan',
    'anonymous',
    'guest',
    'not_set',
    'example',
  ];
  const machines = ['noreply', 'no-reply', 'no_reply', 'donotreply', 'do-not-reply'];
  return [...[...people, ...machines].map((name) => `${name}@*`), 'a@a.*', '*@test.com', '*.invalid'];
}

function type(name: string, over: Partial<IdentifierType>): IdentifierType {
  return {
    name,
    normalise: 'trimmed',
    priority: 800,
    most: null,
    sharedAbove: null,
    sharedDays: defaultSharedDays,
    blocked: [],
    personal: false,
    ...over,
  };
}
