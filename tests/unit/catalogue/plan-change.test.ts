import { describe, expect, test } from 'vitest';
import { idOfItem } from '#domain/catalogue/catalogue.ts';
import { type ChangeRequest, planChange } from '#domain/catalogue/plan-change.ts';
import { conditionsHold } from '#domain/catalogue/precondition.ts';
import type { StoredCatalogue } from '#domain/catalogue/stored-catalogue.ts';
import { offer, saved, segment, smallCatalogue } from '#support/builders/catalogue-items.ts';

const meta = { updatedAt: '2026-03-01T00:00:00.000Z', updatedBy: 'c-1' };
const stored = (items = smallCatalogue()): StoredCatalogue => ({
  revision: 20,
  items: items.map((item, index) => ({ ...item, ...meta, id: idOfItem(item), version: index + 1 })),
});
const versionOf = (kind: string) => stored().items.find((item) => item.kind === kind)?.version;

const put = (over: Partial<ChangeRequest> = {}): ChangeRequest => ({
  kind: 'offers',
  id: 'tv',
  ifMatch: undefined,
  ifNoneMatch: undefined,
  item: { value: offer({ name: 'New' }) },
  ...over,
});
const remove = (kind: ChangeRequest['kind'], id: string) => put({ kind, id, ifMatch: '*', item: undefined });

describe('a condition', () => {
  test.each<[string | undefined, string | undefined, number | undefined, boolean]>([
    [undefined, undefined, 3, true],
    ['"3"', undefined, 3, true],
    ['"4"', undefined, 3, false],
    ['"3"', undefined, undefined, false],
    ['"1", "3"', undefined, 3, true],
    ['3', undefined, 3, false],
    ['W/"3"', undefined, 3, false],
    ['*', undefined, 3, true],
    ['*', undefined, undefined, false],
    [undefined, '*', undefined, true],
    [undefined, '*', 3, false],
    [undefined, '"3"', 3, false],
    [undefined, 'W/"3"', 3, false],
    [undefined, '"2"', 3, true],
    ['"3"', '*', 3, true],
    ['"2"', '"2"', 3, false],
  ])('If-Match %s and If-None-Match %s on version %s holds: %s', (ifMatch, ifNoneMatch, version, holds) => {
    expect(conditionsHold({ ifMatch, ifNoneMatch }, version)).toBe(holds);
  });
});

describe('a change', () => {
  test('needs a condition, a dry run does not', () => {
    expect(planChange(put(), stored())).toEqual({ kind: 'precondition-required' });
    expect(planChange(put(), stored(), true)).toMatchObject({ kind: 'changed' });
  });

  test('of another version than the stored one is refused with the stored one', () => {
    expect(planChange(put({ ifMatch: '"99"' }), stored())).toEqual({
      kind: 'precondition-failed',
      version: versionOf('offers'),
    });
    expect(planChange(put({ ifNoneMatch: '*' }), stored())).toMatchObject({ kind: 'precondition-failed' });
  });

  test('is told apart: created, changed, unchanged in another order of fields', () => {
    const create = put({ id: 'phone', item: { value: offer({ offerId: 'phone' }) }, ifNoneMatch: '*' });
    expect(planChange(create, stored())).toMatchObject({ kind: 'created', item: { offerId: 'phone' } });
    expect(planChange(put({ ifMatch: '*' }), stored())).toMatchObject({ kind: 'changed', item: { name: 'New' } });
    const turned = Object.fromEntries(Object.entries(offer()).reverse());
    expect(planChange(put({ ifMatch: '*', item: { value: turned } }), stored())).toMatchObject({ kind: 'unchanged' });
  });

  test('that is invalid lists the faults, after the condition was looked at', () => {
    const proposed = put({ ifMatch: '*', item: { value: offer({ lever: -1 }) } });
    expect(planChange(proposed, stored())).toMatchObject({ kind: 'invalid', faults: [{ path: 'lever' }] });
    expect(planChange({ ...proposed, ifMatch: '"99"' }, stored())).toMatchObject({ kind: 'precondition-failed' });
  });
});

describe('deleting', () => {
  test('what is not there is unknown, with or without condition', () => {
    expect(planChange(remove('offers', 'none'), stored())).toEqual({ kind: 'unknown' });
    expect(planChange({ ...remove('offers', 'none'), ifMatch: undefined }, stored())).toEqual({ kind: 'unknown' });
  });

  test('what nobody names is planned', () => {
    expect(planChange(remove('treatments', 'tv-hero'), stored())).toMatchObject({ kind: 'deleted' });
  });

  test.each<[ChangeRequest['kind'], string, string]>([
    ['offers', 'tv', 'treatments/tv-hero at offerId'],
    ['offer-groups', 'cross-sell', 'offers/tv at group'],
    ['placements', 'web/home-hero', 'treatments/tv-hero at placements.0'],
  ])('%s %s is refused while others name it: %s', (kind, id, by) => {
    const plan = planChange(remove(kind, id), stored());
    expect(plan.kind === 'referenced' && plan.by.map((one) => `${one.kind}/${one.id} at ${one.path}`)).toEqual([by]);
  });

  test('a segment is refused while a rule asks about it', () => {
    const asking = [
      saved('segments', segment({ segmentId: 'rich', rule: '!in_segment("loyal")' })),
      saved('treatments', { treatmentId: 'x', contextWeight: 'in_segment("loyal") ? 2.0 : 1.0' }),
      saved('offers', { offerId: 'y', eligible: 'profile.traits.in_segment == "loyal"' }),
    ];
    const plan = planChange(remove('segments', 'loyal'), stored([...smallCatalogue(), ...asking]));
    expect(plan).toEqual({
      kind: 'referenced',
      by: [
        { kind: 'segments', id: 'rich', path: 'rule' },
        { kind: 'treatments', id: 'x', path: 'contextWeight' },
      ],
    });
  });
});
