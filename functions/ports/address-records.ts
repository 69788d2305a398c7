import type { AddressRecord } from '#domain/channel/address-record.ts';

/** An address's record as it is stored; version 0 is none. */
export interface StoredAddress {
  readonly addressKey: string;
  readonly version: number;
  readonly record: AddressRecord;
}

/** What is known of addresses, by the keyed hash of each: no address stands in the table. */
export interface AddressRecords {
  /** Always the latest. */
  load(addressKey: string): Promise<StoredAddress>;
  /** Writes a record unless anybody wrote since it was loaded: at `conflict` load and ask again. */
  save(before: StoredAddress, record: AddressRecord, nowMs: number): Promise<'saved' | 'conflict'>;
}
