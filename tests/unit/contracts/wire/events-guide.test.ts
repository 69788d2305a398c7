import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readInteraction } from '#contracts/wire/read-interaction.ts';
import { consentWords } from '#domain/consent/consent-words.ts';
import { dispositionOfEvent } from '#domain/disposition/disposition-of-event.ts';
import { commerceOf } from '#domain/interaction/commerce.ts';
import { arrival } from '#support/builders/arrival.ts';

const guide = readFileSync('docs/events.md', 'utf8');
const blocks = [...guide.matchAll(/```json event\n(.*?)```\n```json means\n(.*?)```/gs)];

/** What an event means, in the words of the guide; what it does not mean is left out. */
function meaningOf(event: unknown) {
  const read = readInteraction(event, arrival());
  if (read.kind === 'rejected') return { rejected: read.fault };
  const { purchase, refund, products, notes } = commerceOf(read.interaction);
  const consent = consentWords(read.interaction);
  const disposition = dispositionOfEvent(read.interaction);
  return {
    ...(purchase && {
      order: { id: purchase.orderId, amountMinor: purchase.revenueMinor, currency: purchase.currency },
    }),
    ...(refund && { refund: { id: refund.orderId, kind: refund.kind, amounts: refund.amounts } }),
    ...(products.length > 0 && { products }),
    ...(notes.length > 0 && { notes: notes.map(({ reason }) => reason) }),
    ...(consent.length > 0 && { consent }),
    ...(disposition && {
      disposition: {
        decisionId: disposition.decisionId,
        disposition: disposition.disposition,
        treatments: disposition.treatmentNames,
      },
    }),
    ...(read.identifiers.length > 1 && { identifiers: read.identifiers.map(({ type, value }) => `${type}:${value}`) }),
  };
}

test('the guide has an example of each kind', () => {
  expect(blocks.length).toBeGreaterThanOrEqual(12);
  expect(guide.match(/```json event/g)).toHaveLength(blocks.length);
});

test.each(blocks.map(([, event = '', means = '']) => [event.trim(), means]))('%s', (event, means) => {
  expect(meaningOf(JSON.parse(event))).toEqual(JSON.parse(means));
});
