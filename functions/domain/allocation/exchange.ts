import type { AudienceChunk } from './audience-chunk.ts';
import { type Move, movesOf } from './moves.ts';
import type { Seats } from './seats.ts';

/** So many exchanges are looked at in a round, a tenth of a second's worth: more gained nothing. */
const mostLookedAt = 2 ** 18;

/**
 * Lets customers change to something of more value that does not fit, when another makes room for it by a change that loses less:
 * those first that lose least after prices. Tells whether anyone did.
 */
export function exchange(core: AudienceChunk, prices: readonly number[], seats: Seats): boolean {
  const gainOf = ({ customer, to }: Omit<Move, 'rank'>) => (core.values[to] ?? 0) - seats.valueOf(customer);
  const wishes = movesOf(core, prices, seats, (move, loss) => (gainOf(move) > 0 ? loss : undefined));
  const offers = Array.from(seats.left, (_, k) =>
    movesOf(core, prices, seats, (move, _loss, freed) =>
      gainOf(move) <= 0 && (freed[k] ?? 0) > 0 ? -gainOf(move) : undefined,
    ),
  );
  let looks = mostLookedAt;
  let gained = false;
  for (const wish of wishes) {
    if (seats.chosen[wish.customer] !== wish.from) continue;
    const gain = gainOf(wish);
    for (const offer of offers[seats.lacking(wish.customer, wish.to)] ?? []) {
      if (offer.rank >= gain || looks <= 0) break;
      looks -= 1;
      if (offer.customer === wish.customer || seats.chosen[offer.customer] !== offer.from) continue;
      if (!seats.change(offer.customer, offer.to)) continue;
      if (seats.change(wish.customer, wish.to)) {
        gained = true;
        break;
      }
      seats.seat(offer.customer, offer.from);
    }
    if (looks <= 0) break;
  }
  return gained;
}
