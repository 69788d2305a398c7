import type { BusDetail, BusDetailType, BusEntry } from '#contracts/bus/bus-event.ts';
import { busEvents } from '#contracts/bus/bus-event.ts';
import type { Bus } from '#ports/bus.ts';
import { BusUnavailableError } from '#runtime/errors.ts';

/** A bus that keeps what is published, or that takes nothing. */
export class FakeBus implements Bus {
  readonly entries: BusEntry[] = [];
  isDown = false;

  async publish(entries: readonly BusEntry[]): Promise<void> {
    if (this.isDown) throw new BusUnavailableError('The fake bus is down');
    this.entries.push(...entries);
  }

  /** The details of a type in the order of their entries, checked by their schema. */
  details<Type extends BusDetailType>(type: Type): BusDetail<Type>[] {
    return this.entries
      .filter(({ detailType }) => detailType === type)
      .map(({ detail }) => busEvents[type].parse(JSON.parse(detail)) as BusDetail<Type>);
  }
}
