import '#support/property-seed.ts';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { messageIdOf } from '#domain/channel/message-id.ts';
import { campaignContact } from '#support/builders/campaign-contact.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { contact as ledgerContact } from '#support/builders/contact.ts';
import { SendingWorld, sendingCatalogue } from '#support/sending-world.ts';

let world: SendingWorld;
beforeEach(() => {
  world = new SendingWorld();
});
const minute = 60_000;
const sms = (treatmentId: string, customerId = 'x') => {
  const { choice } = campaignContact(customerId);
  if (choice === undefined) throw new Error('A contact has a choice');
  return { choice: { ...choice, treatmentId, placementId: 'sms/short', channel: 'sms' } };
};

describe('a message that is due', () => {
  test('is rendered, sent and settled', async () => {
    await world.add('ada');
    expect(await world.send()).toBe(1);
    expect(world.delivered).toMatchObject([
      {
        carrier: 'email',
        to: 'ada@example.com',
        subject: 'Hi ada',
        text: 'Sport channels: https://api.example/v1/unsubscribe/ada',
        unsubscribeUrl: 'https://api.example/v1/unsubscribe/ada',
        messageId: messageIdOf({ runId: 'spring-1', chunk: 0, customerId: 'ada' }),
      },
    ]);
    expect(world.state('ada')).toMatchObject({ state: 'contacted', providerId: 'provider-1' });
  });

  test('waits until it is due, and expires when it is too late', async () => {
    await world.add('later', {}, { dueAtMs: world.nowMs + minute });
    await world.add('stale', {}, { validUntilMs: world.nowMs });
    await world.send();
    expect(world.outcomes()).toEqual({ later: 'pending', stale: 'expired' });
    expect(world.delivered).toEqual([]);
  });

  test('is not sent without consent, address or a token, and says why', async () => {
    await world.add('silent', { consents: {} });
    await world.add('refuses', { consents: { marketing: true, 'marketing:email': false } });
    await world.add('nowhere', { traits: { email: 'no address' } });
    await world.add('nameless', { traits: { first_name: null } });
    await world.send();
    expect(world.outcomes()).toEqual({
      silent: 'no_consent',
      refuses: 'consent_refused',
      nowhere: 'no_address',
      nameless: 'missing_token',
    });
  });

  test('is not sent when its treatment is gone', async () => {
    await world.add('ada', {}, sms('deleted'));
    await world.send();
    expect(world.outcomes()).toEqual({ ada: 'paused' });
  });

  test('waits for the end of quiet hours on the customer’s clock, and is asked again then', async () => {
    const quietHours = [{ from: '12:00', to: '14:00' }];
    world = new SendingWorld(sendingCatalogue(saved('contact-policies', { caps: [], quietHours })));
    await world.add('utc');
    await world.add('berlin', { traits: { timezone: 'Europe/Berlin' } });
    await world.add('tokyo', { traits: { timezone: 'Asia/Tokyo' } });
    await world.send();
    expect(world.state('utc')).toMatchObject({ state: 'pending', dueAtMs: Date.UTC(2026, 2, 10, 14) });
    expect(world.state('berlin')).toMatchObject({ state: 'pending', dueAtMs: Date.UTC(2026, 2, 10, 13) });
    expect(world.state('tokyo')?.state).toBe('contacted');
    world.customers.set('utc', { ...world.customers.get('utc'), consents: { marketing: false } });
    world.nowMs = Date.UTC(2026, 2, 10, 14);
    await world.send();
    expect(world.outcomes()).toMatchObject({ utc: 'consent_refused', berlin: 'contacted' });
  });

  test('leaves at the channel’s rate', async () => {
    world.perMinute = 3;
    for (let index = 0; index < 8; index++) await world.add(`c${index}`);
    const sent: number[] = [];
    for (let turn = 0; turn < 4; turn++) {
      await world.send();
      await world.send();
      sent.push(world.delivered.length);
      world.nowMs += minute;
    }
    expect(sent).toEqual([3, 6, 8, 8]);
  });
});

describe('the stop switch and the run', () => {
  test('hold everything back, and nothing is lost', async () => {
    await world.add('ada');
    world.switch = { stopped: true };
    await world.send();
    expect(world.outcomes()).toEqual({ ada: 'pending' });
    world.switch = { stopped: false };
    await world.runs.hold('spring-1');
    await world.send();
    expect(world.delivered).toEqual([]);
  });

  test('are obeyed by a sender who is at work, within two seconds', async () => {
    world.perMinute = 10_000;
    for (let index = 0; index < 120; index++) await world.add(`c${index}`);
    world.provider = (message) => {
      world.nowMs += 100;
      if (world.delivered.length === 20) world.switch = { stopped: true };
      return world.take(message);
    };
    await world.send();
    // A second of 100 ms each, and those that were asked about in that second.
    expect(world.delivered.length).toBeLessThanOrEqual(20 + 10 + 16);
    world.switch = { stopped: false };
    world.nowMs += minute;
    await world.send();
    expect(new Set(world.delivered.map(({ customerId }) => customerId)).size).toBe(120);
    expect(world.delivered).toHaveLength(120);
  });
});

describe('an address', () => {
  const capped = () =>
    new SendingWorld(
      sendingCatalogue(saved('contact-policies', { caps: [{ per: 'address', most: 1, windowDays: 7 }] })),
    );
  const family = { traits: { email: 'Family@Example.com' } };

  test('of two customers is written to as often as a cap per address allows', async () => {
    world = capped();
    await world.add('ada', family);
    await world.add('bob', { traits: { email: 'family@example.com' } });
    await world.send();
    expect(Object.values(world.outcomes()).sort()).toEqual(['address_cap', 'contacted']);
    expect(world.delivered).toHaveLength(1);
  });

  test('is written to by both without such a cap', async () => {
    await world.add('ada', family);
    await world.add('bob', family);
    await world.send();
    expect(world.outcomes()).toEqual({ ada: 'contacted', bob: 'contacted' });
  });

  test('counts nothing that its provider refused', async () => {
    world = capped();
    world.provider = () => ({ kind: 'refused', reason: 'provider_refused' });
    await world.add('ada', family);
    await world.send();
    world.provider = (message) => world.take(message);
    await world.add('bob', family);
    await world.send();
    expect(world.outcomes()).toEqual({ ada: 'provider_refused', bob: 'contacted' });
  });
});

describe('a reservation that another campaign has taken', () => {
  const oneAWeek = saved('contact-policies', { caps: [{ per: 'total', most: 1, windowDays: 7 }] });
  const theirs = ledgerContact({ personaId: 'ada', decisionId: 'better', atMs: Date.UTC(2026, 2, 10, 11) });
  const own = { ...theirs, decisionId: 'd-ada' };

  test.each([
    ['is not sent, though nobody has told', [theirs], 'outbid'],
    ['is sent while it stands', [own], 'contacted'],
    ['is sent when the ledger has forgotten it and a cap leaves room', [{ ...theirs, atMs: 0 }], 'contacted'],
  ])('%s', async (_what, ledger, outcome) => {
    world = new SendingWorld(sendingCatalogue(oneAWeek));
    await world.add('ada', { ledger });
    await world.send();
    expect(world.outcomes()).toEqual({ ada: outcome });
  });
});

describe('two customers of a run that have become one', () => {
  const [first, second] = ['0f0f0f0f-0000-8000-a000-000000000001', '0f0f0f0f-0000-8000-a000-000000000002'];
  const both = [
    ledgerContact({ decisionId: first, personaId: 'ada' }),
    ledgerContact({ decisionId: second, personaId: 'bob' }),
  ];
  const of = (decisionId: string) => ({ choice: { ...(campaignContact('x').choice ?? sms('').choice), decisionId } });

  test('are written to once, whichever comes first', async () => {
    for (const order of [
      ['ada', 'bob'],
      ['bob', 'ada'],
    ]) {
      world = new SendingWorld();
      for (const id of order) await world.add(id, { ledger: both }, of(id === 'ada' ? first : second));
      await world.send();
      // Whoever saw the other being sent has waited.
      world.nowMs += minute;
      await world.send();
      expect(world.outcomes()).toEqual({ ada: 'contacted', bob: 'merged' });
    }
  });

  test('are not written to again when the other was before they met', async () => {
    await world.add('bob', {}, of(second));
    await world.send();
    await world.add('ada', { ledger: both }, of(first));
    await world.send();
    expect(world.outcomes()).toEqual({ ada: 'merged', bob: 'contacted' });
  });
});

describe('presentation', () => {
  test('of a text message and a webhook is when they are sent, of an e-mail when it is opened', async () => {
    await world.add('ada');
    await world.add('bob', {}, sms('tv-sms', 'bob'));
    await world.add('eve', {}, sms('tv-partner', 'eve'));
    await world.send();
    expect([...world.dispositions.told.keys()].sort()).toEqual([
      'disposition:d-bob:tv-sms:presented',
      'disposition:d-eve:tv-partner:presented',
    ]);
  });
});

describe('a provider', () => {
  test('that puts off is asked again then, and twenty times at most', async () => {
    world.provider = () => ({ kind: 'later', retryAtMs: world.nowMs + minute });
    await world.add('ada');
    for (let turn = 0; turn < 25; turn++) {
      await world.send();
      world.nowMs += minute;
    }
    expect(world.outcomes()).toEqual({ ada: 'given_up' });
  });

  test('that fails may have sent: its own event tells, or it is asked again a quarter of an hour later', async () => {
    world.provider = (message) => {
      world.take(message);
      throw new Error('The answer was lost');
    };
    await world.add('ada');
    await world.send();
    world.provider = (message) => world.take(message);
    world.nowMs += 10 * minute;
    await world.send();
    expect(world.delivered).toHaveLength(1);
    await world.tell(sendEvent('ada'));
    world.nowMs += 10 * minute;
    await world.send();
    expect(world.delivered).toHaveLength(1);
    expect(world.state('ada')).toMatchObject({ state: 'contacted', providerId: 'ses-1' });
  });

  const plans = fc.array(fc.constantFrom('ok', 'lost before', 'lost after', 'later', 'busy'), {
    minLength: 1,
    maxLength: 12,
  });

  test('gets each message once and misses none, whatever is lost and however many send at once', async () => {
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 1, max: 3 }), async (plan, senders) => {
        world = new SendingWorld();
        let calls = 0;
        world.provider = (message) => {
          const fate = calls < 40 ? plan[calls++ % plan.length] : 'ok';
          if (fate === 'later' || fate === 'busy') return { kind: 'later', retryAtMs: world.nowMs + minute };
          if (fate === 'lost before') throw new Error('No connection');
          const answer = world.take(message);
          if (fate === 'lost after') throw new Error('The answer was lost');
          return answer;
        };
        for (const id of ['a', 'b', 'c']) await world.add(id);
        for (const id of ['w1', 'w2']) await world.add(id, {}, sms('tv-partner'));
        for (let turn = 0; turn < 60; turn++) {
          await Promise.all(Array.from({ length: senders }, () => world.send()));
          // SES tells of what it sent.
          for (const { customerId, carrier } of world.delivered)
            if (carrier === 'email') await world.tell(sendEvent(customerId));
          world.nowMs += 16 * minute;
        }
        expect(new Set(Object.values(world.outcomes()))).toEqual(new Set(['contacted']));
        const mails = world.delivered.filter(({ carrier }) => carrier === 'email');
        expect(mails.map(({ customerId }) => customerId).sort()).toEqual(['a', 'b', 'c']);
        // A webhook may come again, and its id says so.
        const hooks = world.delivered.filter(({ carrier }) => carrier === 'webhook').map(({ messageId }) => messageId);
        expect(new Set(hooks).size).toBe(2);
      }),
      { numRuns: 60 },
    );
  });
});

function sendEvent(customerId: string) {
  return {
    eventType: 'Send',
    mail: {
      messageId: 'ses-1',
      timestamp: '2026-03-10T12:00:00Z',
      destination: [],
      tags: { message_id: [messageIdOf({ runId: 'spring-1', chunk: 0, customerId })] },
    },
  };
}
