import { setTimeout as sleep } from 'node:timers/promises';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import type { ToldResponse } from '#support/auditors/touchpoint-log.ts';
import type { SimulatedCloud } from './simulated-cloud.ts';

/** What a touchpoint tells of a treatment, and when it says that it was. */
export type Telling = Omit<ToldResponse, 'isTaken'> & { readonly occurredAt: string };

/** Touchpoints that tell through the API what customers did, as often as it takes to be heard. */
export interface TellingTouchpoints {
  tell(tellings: readonly Telling[]): Promise<void>;
  /** Tells again whatever was not acknowledged yet. */
  tellLeft(): Promise<void>;
  told(): readonly ToldResponse[];
}

const attempts = 6;
const firstPauseMs = 4;
// Twice what an HTTP API waits for its function.
const patienceMs = 60_000;

/** Touchpoints of a cloud. They throw an Error when what they tell is refused. */
export function tellingTouchpoints({ cloud, serverKey }: SimulatedCloud): TellingTouchpoints {
  const unheard = new Set<Telling>();
  const heard = new Set<Telling>();

  async function attempt(tellings: readonly Telling[]): Promise<boolean> {
    const request = {
      method: 'POST',
      headers: { authorization: basicAuth(serverKey) },
      body: JSON.stringify(tellings),
      signal: AbortSignal.timeout(patienceMs),
    };
    const response = await fetch(`${cloud.url}/v1/dispositions`, request).catch(() => undefined);
    const text = await response?.text().catch(() => undefined);
    if (response === undefined || text === undefined || response.status === 429 || response.status >= 500) return false;
    if (!response.ok) throw new Error(`POST /v1/dispositions answered ${response.status}: ${text}`);
    return true;
  }

  async function tell(tellings: readonly Telling[]): Promise<void> {
    for (const telling of tellings) unheard.add(telling);
    for (let tried = 1; tellings.length > 0 && tried <= attempts; tried++) {
      if (await attempt(tellings)) {
        for (const telling of tellings) {
          unheard.delete(telling);
          heard.add(telling);
        }
        return;
      }
      await sleep(firstPauseMs * 2 ** tried);
    }
  }

  return {
    tell,
    tellLeft: () => tell([...unheard]),
    told: () => [
      ...[...heard].map((telling) => ({ ...telling, isTaken: true })),
      ...[...unheard].map((telling) => ({ ...telling, isTaken: false })),
    ],
  };
}
