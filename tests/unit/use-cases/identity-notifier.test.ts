import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryPersonas } from '#adapters/in-memory/memory-personas.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { encodeState } from '#domain/profile/state-codec.ts';
import { interaction } from '#support/builders/interaction.ts';
import { FakeIdentities } from '#support/fakes/fake-identities.ts';
import { updatePersona } from '#use-cases/profile/update-persona.ts';

const hash = (character: string) => character.repeat(32);
const user = { key: `user_id:${hash('1')}`, value: 'u' };
const browser = { key: `anonymous_id:${hash('2')}` };
const mail = { key: `email:${hash('3')}` };
const card = { key: `loyalty_id:${hash('4')}`, value: 'card-4' };

const day = (number: number) => Date.UTC(2026, 0, number);
const on = (number: number, ...identifiers: NonNullable<Interaction['identifiers']>): Interaction => {
  const occurredAt = new Date(day(number)).toISOString();
  return interaction({ messageId: `m-${number}`, occurredAt, receivedAt: occurredAt, identifiers });
};

/** Stores that a crash can hit before or after the effect of the nth call. */
function scene(crashAt = Number.POSITIVE_INFINITY, isAfter = false) {
  const identities = new FakeIdentities();
  const personas = new MemoryPersonas();
  let calls = 0;
  const crashing =
    <Args extends unknown[], Answer>(work: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      const isHit = ++calls === crashAt;
      if (isHit && !isAfter) throw new Error('crash');
      const answer = await work(...args);
      if (isHit) throw new Error('crash');
      return answer;
    };
  const deps = {
    identities: {
      link: crashing(identities.link.bind(identities)),
      claim: crashing(identities.claim.bind(identities)),
      personaSeen: crashing(identities.personaSeen.bind(identities)),
      seenSince: crashing(identities.seenSince.bind(identities)),
    },
    personas: {
      load: crashing(personas.load.bind(personas)),
      save: crashing(personas.save.bind(personas)),
    },
    namesInUse: async () => () => false,
    now: () => day(31),
    pause: async () => {},
  };
  return {
    identities,
    personas,
    calls: () => calls,
    async update(...run: Interaction[]) {
      await updatePersona('persona', run, deps);
    },
    /** What is known in the end: the state, links, first times. */
    outcome: () => ({
      state: encodeState(personas.kept.get('persona')?.state ?? expect.fail('no persona')),
      links: [...identities.links].sort(),
      firsts: [...identities.firsts].sort(),
    }),
  };
}

describe('links', () => {
  test('are told before the save, with values of types that are not personal', async () => {
    const { update, identities, personas } = scene();
    personas.conflicts.set('persona', 99);
    await expect(update(on(2, user, card, browser))).rejects.toThrow('persona changed');
    expect(identities.calls).toEqual([`link ${user.key} ${card.key} ${browser.key}`]);
    expect([...identities.links.values()]).toEqual([day(2), day(2)]);
    expect([...identities.values]).toEqual([
      [user.key, 'u'],
      [card.key, 'card-4'],
    ]);
  });

  test('that are remembered are told again only when an earlier interaction had them', async () => {
    const { update, identities } = scene();
    await update(on(5, user, browser));
    await update(on(6, user, browser));
    expect(identities.calls).toHaveLength(1);
    await update(on(4, user, browser, mail), on(7, user, mail));
    expect(identities.calls.slice(1)).toEqual([`link ${user.key} ${browser.key} ${mail.key}`]);
    expect([...identities.links.values()]).toEqual([day(4), day(4)]);
  });

  test('of an alias are told whenever it comes, for a persona does not remember what was one', async () => {
    const { update, identities } = scene();
    const former = { key: `user_id:${hash('9')}` };
    await update(on(5, user, former));
    await update({ ...on(6, user, former, browser), type: 'alias' });
    expect(identities.calls).toEqual([
      `link ${user.key} ${former.key}`,
      `link ${user.key} ${former.key} ${browser.key}`,
    ]);
    // The browser may be what the alias gives up, read as an anonymous id.
    expect(identities.aliases).toEqual(new Set([`${user.key} ${former.key}`, `${user.key} ${browser.key}`]));
  });

  test('past those that a persona remembers are told again and change nothing', async () => {
    const { update, identities } = scene();
    const many = Array.from({ length: 150 }, (_, index) => ({
      key: `anonymous_id:${index.toString(16).padStart(32, '0')}`,
    }));
    await update(...many.map((one, index) => ({ ...on(2, user, one), messageId: `a-${index}` })));
    expect(identities.links.size).toBe(150);
    await update(...many.map((one, index) => ({ ...on(3, user, one), messageId: `b-${index}` })));
    const [, again = ''] = identities.calls;
    expect(again.split(' ')).toHaveLength(2 + 150 - 128);
  });

  test('of interactions without identifiers are none, but the customer learns that the persona is there', async () => {
    const { update, identities } = scene();
    await update(on(2));
    await update(on(3));
    expect(identities.calls).toEqual(['personaSeen persona']);
  });
});

describe('since when a persona is known', () => {
  test('is told after its first save, and after those that make it earlier', async () => {
    const { update, identities } = scene();
    await update(on(5, browser));
    await update(on(6, browser));
    await update(on(4, browser));
    expect(identities.calls).toEqual([`seenSince ${browser.key}`, `seenSince ${browser.key}`]);
    expect(identities.firsts.get(browser.key)).toBe(day(4));
  });

  test('is told once when links tell it already', async () => {
    const { update, identities } = scene();
    await update(on(5, mail, browser));
    expect(identities.calls).toEqual([`link ${mail.key} ${browser.key}`]);
    expect(identities.firsts.get(mail.key)).toBe(day(5));
  });

  test('is told of a user too, whom an alias of another one may have linked', async () => {
    const { update, identities } = scene();
    await update(on(5, user));
    expect(identities.calls).toEqual([`seenSince ${user.key}`]);
    await update(on(6, user, browser));
    await update(on(4, user));
    expect(identities.calls.slice(1)).toEqual([`link ${user.key} ${browser.key}`, `seenSince ${user.key}`]);
    expect(identities.firsts.get(user.key)).toBe(day(4));
  });
});

describe('a crash', () => {
  const batches = [[on(5, mail, browser), on(6, mail)], [on(3, mail), on(7, mail, browser)], [on(4, mail, browser)]];

  test.each([false, true])(
    'at each call (after its effect: %s) leaves the same once messages come again',
    async (isAfter) => {
      const calm = scene();
      for (const batch of batches) await calm.update(...batch);
      const expected = calm.outcome();
      expect(expected.firsts).toEqual([[mail.key, day(3)]]);
      expect(expected.links).toEqual([[`${mail.key} ${browser.key}`, day(4)]]);

      for (let crashAt = 1; crashAt <= calm.calls(); crashAt++) {
        const crashed = scene(crashAt, isAfter);
        for (const batch of batches) {
          await crashed.update(...batch).catch(() => crashed.update(...batch));
        }
        expect(crashed.outcome(), `crash at call ${crashAt}`).toEqual(expected);
      }
    },
  );

  test('and any order, repeats and batches of interactions leave the same', async () => {
    const all = [on(2, mail, browser), on(3, mail), on(4, mail, card, browser), on(5, mail, card), on(1, mail)];
    const calm = scene();
    for (const one of all) await calm.update(one);
    const expected = calm.outcome();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        fc.nat({ max: 20 }),
        fc.boolean(),
        async (some, crashAt, isAfter) => {
          const { update, outcome } = scene(crashAt, isAfter);
          for (const batch of [...some, all]) await update(...batch).catch(() => update(...batch));
          expect(outcome()).toEqual(expected);
        },
      ),
    );
  });
});
