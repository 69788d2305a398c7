import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { jsonFile } from '#local-cloud/cloud/json-file.ts';

const World = z.object({
  customers: z.int(),
  seed: z.int(),
  /** The log that was played instead; null for a made-up world. */
  purchases: z.string().nullable(),
});
/** What was played, as the values of `npm start` say it. */
export type PlayedWorld = z.output<typeof World>;

/** The world that a state directory holds. */
export interface KeptWorld {
  /**
   * Whether it was played to its end. One that was not is deleted, for nobody knows how much of it is there. Throws an Error when the
   * directory holds another one than is asked for.
   */
  isKept(asked: PlayedWorld): boolean;
  /** Notes that it was played to its end. */
  keep(world: PlayedWorld): void;
  forget(): void;
}

export function keptWorld(directory: string): KeptWorld {
  const played = jsonFile(join(directory, 'world.json'), World);
  const forget = () => rmSync(directory, { recursive: true, force: true });
  return {
    isKept(asked) {
      const kept = played.read();
      if (kept === undefined) {
        if (existsSync(directory)) console.log('The last start ended before its world was all played: it begins anew.');
        forget();
        return false;
      }
      if (JSON.stringify(kept) === JSON.stringify(asked)) return true;
      throw new Error(
        `${directory} holds ${inWords(kept)}, not ${inWords(asked)}: --fresh deletes it and plays what you ask for`,
      );
    },
    keep: (world) => played.write(world),
    forget,
  };
}

function inWords({ customers, seed, purchases }: PlayedWorld): string {
  return purchases === null ? `a world of ${customers} customers from seed ${seed}` : `the purchases of ${purchases}`;
}
