import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { dynamoDueMemberships } from '#adapters/customers-table/dynamo-due-memberships.ts';
import { dynamoMemberships } from '#adapters/customers-table/dynamo-memberships.ts';
import { CustomerRecord } from '#adapters/customers-table/stream-images.ts';
import { type BusDetail, type BusDetailType, busEvents } from '#contracts/bus/bus-event.ts';
import { dayMs } from '#domain/calendar/days.ts';
import { emptyState, type PersonaState } from '#domain/profile/persona-state.ts';
import type { Customer } from '#ports/customers.ts';
import { queueHandler } from '#runtime/queue.ts';
import { scheduleHandler } from '#runtime/schedule.ts';
import { streamBatch, streamHandler } from '#runtime/stream.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';
import { publishCustomerChanges } from '#use-cases/publish/publish-customer-changes.ts';
import { refreshSegments } from '#use-cases/segments/refresh-segments.ts';
import { wakeSegments } from '#use-cases/segments/wake-segments.ts';

const day = Date.UTC(2026, 2, 1) / dayMs;
const noon = day * dayMs + dayMs / 2;
const segments = new Map(
  [
    { segmentId: 'active', name: 'Active', rule: 'count_since("Product Viewed", 7) > 0' },
    { segmentId: 'busy', name: 'Busy', rule: 'count_since("Product Viewed", 90) >= 3' },
  ].map((segment) => [segment.segmentId, segment]),
);

/** A state with so many views on a day. */
const viewed = (count: number, on = day): PersonaState => ({
  ...emptyState(),
  events: new Map([[on, new Map([['Product Viewed', count]])]]),
});

let table: TestTable;
let nowMs = noon;
let customers: Map<string, Customer>;
let catalogueRevision: number;
let failing: Set<string>;
beforeEach(async () => {
  await table?.[Symbol.asyncDispose]();
  table = await startTestTable();
  nowMs = noon;
  customers = new Map();
  catalogueRevision = 1;
  failing = new Set();
});
afterAll(async () => {
  await table[Symbol.asyncDispose]();
});

/** Says who a persona's customer is, and with which states. */
function isCustomer(customerId: string, personas: Readonly<Record<string, PersonaState>>) {
  const customer: Customer = {
    customerId,
    personaIds: Object.keys(personas),
    personas: Object.entries(personas).map(([personaId, state]) => ({ personaId, version: 1, state })),
  };
  for (const personaId of customer.personaIds) customers.set(personaId, customer);
}

const memberships = () => dynamoMemberships(table.client, table.name);
const membersOf = async (customerId: string) => [...(await memberships().load(customerId)).members].sort();

function message<Type extends BusDetailType>(type: Type, detail: object, messageId = 'q-1') {
  const whole = busEvents[type].parse({
    id: 'e',
    occurredAt: new Date(nowMs).toISOString(),
    schemaVersion: 1,
    ...detail,
  }) as BusDetail<Type>;
  return { messageId, body: JSON.stringify({ 'detail-type': type, detail: whole }) };
}
const changed = (...personaIds: string[]) =>
  message('ProfileChanged', {
    changes: personaIds.map((personaId) => ({ customerId: personaId, personaId, version: 1, isNew: false })),
  });

function refresh(...Records: { messageId: string; body: string }[]) {
  const work = refreshSegments({
    customers: {
      async customer(id) {
        if (failing.has(id)) throw new Error('The table does not answer');
        return customers.get(id);
      },
    },
    memberships: memberships(),
    catalogue: async () => ({ revision: catalogueRevision, segments }),
    now: () => nowMs,
    pause: async () => {},
  });
  return queueHandler(work)({ Records });
}

async function wake(scheduledMs = nowMs): Promise<FakeBus> {
  const bus = new FakeBus();
  const due = dynamoDueMemberships(table.client, table.name);
  const body = JSON.stringify({ time: new Date(scheduledMs).toISOString() });
  const wakeAll = wakeSegments({ due, bus, now: () => nowMs, newId: () => 'id' });
  await scheduleHandler(wakeAll)({ Records: [{ messageId: 's', body }] });
  return bus;
}

/** What the bus is told of the table's stream so far. */
async function told() {
  const bus = new FakeBus();
  const Records = (await table.records()).filter(({ dynamodb }) => dynamodb.Keys.sk?.S === 'segments');
  const publish = publishCustomerChanges({ bus, now: () => nowMs, newId: () => 'id' });
  await streamHandler(publish)(streamBatch(CustomerRecord).parse({ Records }));
  return bus.entries.map(({ detailType, detail }) => {
    const { id, customerId, segmentId, occurredAt } = JSON.parse(detail);
    return { id, occurredAt, what: `${customerId} ${detailType} ${segmentId}` };
  });
}
const whatIsTold = async () => (await told()).map(({ what }) => what);

describe('a changed profile', () => {
  test('enters its segments and leaves them, each told once with an id of its own', async () => {
    isCustomer('ada', { ada: viewed(3) });
    expect(await refresh(changed('ada'))).toEqual({ batchItemFailures: [] });
    expect(await membersOf('ada')).toEqual(['active', 'busy']);
    isCustomer('ada', { ada: viewed(1) });
    await refresh(changed('ada'));
    expect(await told()).toEqual([
      { id: 'ada:1:active', occurredAt: new Date(noon).toISOString(), what: 'ada SegmentEntered active' },
      { id: 'ada:1:busy', occurredAt: new Date(noon).toISOString(), what: 'ada SegmentEntered busy' },
      { id: 'ada:2:busy', occurredAt: new Date(noon).toISOString(), what: 'ada SegmentExited busy' },
    ]);
  });

  test('that is told of again, or enters nothing, writes nothing', async () => {
    isCustomer('ada', { ada: viewed(3) });
    isCustomer('bob', { bob: emptyState() });
    await refresh(changed('ada', 'ada', 'bob'), changed('ada'));
    await refresh(changed('ada', 'bob'));
    expect((await memberships().load('ada')).version).toBe(1);
    expect((await memberships().load('bob')).version).toBe(0);
  });

  test('is looked at with the segments of no older catalogue than before', async () => {
    isCustomer('ada', { ada: viewed(3) });
    catalogueRevision = 7;
    await refresh(changed('ada'));
    expect((await memberships().load('ada')).revision).toBe(7);
  });

  test('that can’t be read brings its message again, and the others are done', async () => {
    isCustomer('ada', { ada: viewed(3) });
    failing.add('bob');
    const done = await refresh(
      changed('ada'),
      { ...changed('bob'), messageId: 'q-2' },
      { messageId: 'q-3', body: '{' },
    );
    expect(done).toEqual({ batchItemFailures: [{ itemIdentifier: 'q-3' }, { itemIdentifier: 'q-2' }] });
    expect(await membersOf('ada')).toEqual(['active', 'busy']);
  });
});

test('writers who race leave what the last profile says, and the events add up to it', async () => {
  let views = 0;
  const race = Array.from({ length: 30 }, async (_, index) => {
    for (let turn = 0; turn < index % 4; turn++) await new Promise((resolve) => setImmediate(resolve));
    views = index % 2 === 0 ? 3 : 1;
    isCustomer('ada', { ada: viewed(views) });
    const answer = await refresh(changed('ada'));
    return answer.batchItemFailures.length;
  });
  const failures = (await Promise.all(race)).reduce((sum, each) => sum + each, 0);
  if (failures > 0) await refresh(changed('ada'));
  const expected = views === 3 ? ['active', 'busy'] : ['active'];
  expect(await membersOf('ada')).toEqual(expected);
  const events = await told();
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  const summed = new Set<string>();
  for (const { what } of events) {
    const [, type = '', segmentId = ''] = what.split(' ');
    if (type === 'SegmentEntered') summed.add(segmentId);
    else summed.delete(segmentId);
  }
  expect([...summed].sort()).toEqual(expected);
});

test('where there are no segments nothing is read', async () => {
  const read = async () => {
    throw new Error('There is nothing to be read');
  };
  const work = refreshSegments({
    customers: { customer: read },
    memberships: { load: read, save: read },
    catalogue: async () => ({ revision: 3, segments: new Map() }),
    now: () => nowMs,
    pause: async () => {},
  });
  const handle = queueHandler(work);
  expect(await handle({ Records: [changed('ada')] })).toEqual({ batchItemFailures: [] });
});

describe('a merge', () => {
  const merged = message('IdentityMerged', {
    changes: [
      {
        clusterId: 'c',
        epoch: 2,
        index: 0,
        recordedAt: '2026-03-01T12:00:00.000Z',
        kind: 'merge',
        customerId: 'ada',
        mergedCustomerIds: ['bob'],
      },
    ],
  });
  const unmerged = message('IdentityUnmerged', {
    changes: [
      {
        clusterId: 'c',
        epoch: 3,
        index: 0,
        recordedAt: '2026-03-01T12:00:00.000Z',
        kind: 'unmerge',
        previousCustomerId: 'ada',
        customerIds: ['ada', 'bob'],
        reason: 'asked',
      },
    ],
  });

  test('gives one customer what both did and takes the other out of everything; an unmerge gives it all back', async () => {
    isCustomer('ada', { ada: viewed(2) });
    isCustomer('bob', { bob: viewed(1) });
    await refresh(changed('ada', 'bob'));
    isCustomer('ada', { ada: viewed(2), bob: viewed(1) });
    await refresh(merged);
    expect([await membersOf('ada'), await membersOf('bob')]).toEqual([['active', 'busy'], []]);
    isCustomer('ada', { ada: viewed(2) });
    isCustomer('bob', { bob: viewed(1) });
    await refresh(unmerged);
    expect([await membersOf('ada'), await membersOf('bob')]).toEqual([['active'], ['active']]);
    expect(await whatIsTold()).toEqual([
      'ada SegmentEntered active',
      'bob SegmentEntered active',
      ...['ada SegmentEntered busy', 'bob SegmentExited active'],
      ...['ada SegmentExited busy', 'bob SegmentEntered active'],
    ]);
  });

  test('a persona that changes afterwards changes its customer', async () => {
    isCustomer('ada', { ada: emptyState(), bob: viewed(3) });
    await refresh(changed('bob'));
    expect([await membersOf('ada'), await membersOf('bob')]).toEqual([['active', 'busy'], []]);
  });
});

describe('time', () => {
  const week = 7 * dayMs;

  test('takes a customer out at the midnight that was computed, once', async () => {
    isCustomer('ada', { ada: viewed(1) });
    await refresh(changed('ada'));
    nowMs = day * dayMs + week - 1000;
    expect((await wake()).entries).toEqual([]);
    nowMs = day * dayMs + week + 500;
    const bus = await wake();
    expect(bus.details('SegmentsDue')).toMatchObject([
      { customerIds: ['ada'], dueAt: new Date(day * dayMs + week).toISOString() },
    ]);
    await refresh(message('SegmentsDue', bus.details('SegmentsDue')[0] ?? {}));
    expect(await membersOf('ada')).toEqual([]);
    expect((await wake()).entries).toEqual([]);
  });

  test('is that of the schedule where this machine’s clock lags behind', async () => {
    isCustomer('ada', { ada: viewed(1) });
    await refresh(changed('ada'));
    nowMs = day * dayMs + week - 200;
    const bus = await wake(day * dayMs + week);
    await refresh(message('SegmentsDue', bus.details('SegmentsDue')[0] ?? {}));
    expect(await membersOf('ada')).toEqual([]);
  });

  test('finds nobody again who did something in between', async () => {
    isCustomer('ada', { ada: viewed(1) });
    await refresh(changed('ada'));
    nowMs += 3 * dayMs;
    isCustomer('ada', { ada: viewed(1, day + 3) });
    await refresh(changed('ada'));
    nowMs = day * dayMs + week;
    const bus = await wake();
    await refresh(message('SegmentsDue', bus.details('SegmentsDue')[0] ?? {}));
    expect(await membersOf('ada')).toEqual(['active']);
    nowMs = (day + 10) * dayMs;
    expect((await wake()).details('SegmentsDue')).toMatchObject([{ customerIds: ['ada'] }]);
  });

  test('tells of all who are due, however many, and of them again when the bus was down', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `customer-${index}`);
    for (const id of ids) isCustomer(id, { [id]: viewed(1) });
    await refresh(changed(...ids));
    nowMs = day * dayMs + week;
    const due = dynamoDueMemberships(table.client, table.name);
    const down = new FakeBus();
    down.isDown = true;
    const body = JSON.stringify({ time: new Date(nowMs).toISOString() });
    const handle = scheduleHandler(wakeSegments({ due, bus: down, now: () => nowMs, newId: () => 'id' }));
    await expect(handle({ Records: [{ messageId: 's', body }] })).rejects.toThrow('down');
    const told = (await wake()).details('SegmentsDue').flatMap(({ customerIds }) => customerIds);
    expect(told.toSorted()).toEqual(ids.toSorted());
  });
});
