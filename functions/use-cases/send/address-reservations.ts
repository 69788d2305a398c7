import {
  type AddressRecord,
  isSuppressed,
  type SentMessage,
  withoutSent,
  withSent,
} from '#domain/channel/address-record.ts';
import { addressHold } from '#domain/contact-policy/address-hold.ts';
import type { ContactPolicy } from '#domain/contact-policy/contact-policy.ts';
import type { AddressRecords } from '#ports/address-records.ts';
import { AddressContendedError } from '#runtime/errors.ts';
import { untilSettled } from '#runtime/retry.ts';

export interface AddressReservationDeps {
  readonly addresses: AddressRecords;
  readonly now: () => number;
  /** Waits before attempt `n` + 1 after somebody else was faster. */
  readonly pause: (attempt: number) => Promise<void>;
}

const attempts = 12;

/** Counts messages to addresses before they go: whoever sends at the same time, no cap per address is passed. */
export function addressReservations({ addresses, now, pause }: AddressReservationDeps) {
  async function change<Refusal extends string>(
    addressKey: string,
    changed: (record: AddressRecord) => AddressRecord | Refusal,
  ): Promise<'saved' | Refusal> {
    const settled = await untilSettled(attempts, pause, async () => {
      const before = await addresses.load(addressKey);
      const after = changed(before.record);
      return typeof after === 'string' ? after : addresses.save(before, after, now());
    });
    if (settled !== 'conflict') return settled;
    throw new AddressContendedError(`An address changed under ${attempts} attempts to count a message to it`);
  }

  return {
    change,

    /** Counts a message, unless the address is suppressed or has as many as it may have. One that is tried again counts once. */
    reserve(addressKey: string, message: SentMessage, policies: readonly ContactPolicy[]) {
      return change(addressKey, (record) => {
        if (isSuppressed(record, message.kind === 'standard')) return 'suppressed';
        const { sent } = withoutSent(record, message.messageId);
        const hold = addressHold(policies, sent, message, message.atMs);
        return hold === undefined ? withSent(record, message) : 'address_cap';
      });
    },

    /** Takes a message back that did not go. */
    release: (addressKey: string, messageId: string) => change(addressKey, (record) => withoutSent(record, messageId)),
  };
}
