import { type AddressRecord, unknownAddress } from '#domain/channel/address-record.ts';
import type { AddressRecords, StoredAddress } from '#ports/address-records.ts';

/** What is known of addresses, in memory. */
export class MemoryAddressRecords implements AddressRecords {
  readonly records = new Map<string, StoredAddress>();

  async load(addressKey: string): Promise<StoredAddress> {
    return this.records.get(addressKey) ?? { addressKey, version: 0, record: unknownAddress };
  }

  async save({ addressKey, version }: StoredAddress, record: AddressRecord): Promise<'saved' | 'conflict'> {
    if ((this.records.get(addressKey)?.version ?? 0) !== version) return 'conflict';
    this.records.set(addressKey, { addressKey, version: version + 1, record });
    return 'saved';
  }
}
