import { Stream } from 'node:stream';
import type { KeyRange, SortedStore } from './sorted-store.ts';

/** The values of a range as dynalite reads them: a stream of old, which it destroys when it has enough. */
export function valueStream(store: SortedStore, range: KeyRange): Stream {
  return new ValueStream(store, range);
}

/** Gives all that is wanted in one turn, so that no write comes between two items of a page. */
class ValueStream extends Stream {
  #isWanted = true;
  constructor(store: SortedStore, range: KeyRange) {
    super();
    // After the caller has attached its listeners.
    queueMicrotask(() => {
      try {
        store.visit(range, (_key, value) => {
          this.emit('data', value);
          return this.#isWanted;
        });
        this.emit('end');
      } catch (error) {
        this.emit('error', error);
      }
    });
  }
  destroy(): void {
    this.#isWanted = false;
  }
}
