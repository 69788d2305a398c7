import type { Offer } from '#domain/offer/offer.ts';
import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { faultAt, type ItemFault } from '#domain/vocabulary/item-fault.ts';
import { Voucher } from './voucher.ts';

export const voucherKind = catalogueKind({
  kind: 'vouchers',
  noun: 'voucher',
  idField: 'voucherId',
  schema: Voucher,
  references: ({ offerId }) => [{ path: ['offerId'], kind: 'offers', id: offerId }],
  rules: ({ valid }) => (valid === undefined ? [] : [{ path: ['valid'], source: valid, gives: 'truth' }]),
  contradictions: {
    vouchers: (id, others: Others) => currencyFaults(({ voucherId }) => voucherId === id, ['currency'], others),
    offers: (id, others: Others) => currencyFaults(({ offerId }) => offerId === id, ['value', 'currency'], others),
  },
});

interface Others {
  readonly vouchers: ReadonlyMap<string, Voucher>;
  readonly offers: ReadonlyMap<string, Offer>;
}

/** A voucher and its offer have one currency. */
function currencyFaults(
  meant: (voucher: Voucher) => boolean,
  path: readonly string[],
  { vouchers, offers }: Others,
): readonly ItemFault[] {
  return [...vouchers.values()].filter(meant).flatMap(({ voucherId, offerId, currency }) => {
    const theirs = offers.get(offerId)?.value.currency ?? currency;
    const message = `The voucher "${voucherId}" is in ${currency}, the offer "${offerId}" in ${theirs}`;
    return theirs === currency ? [] : [faultAt(path, message)];
  });
}
