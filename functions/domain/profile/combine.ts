import { draftOfState, type PersonaState } from './persona-state.ts';
import { profileSignals } from './profile-signals.ts';
import { watermarkOf } from './watermark.ts';

/**
 * The state of two personas together: associative, commutative, with `emptyState()` as identity. An order that both keep counts
 * once, a session that both took part in counts in each. It has every name that either keeps: a combination is read, never stored.
 */
export function combine(a: PersonaState, b: PersonaState): PersonaState {
  const draft = draftOfState(a);
  for (const signal of profileSignals) signal.join(draft, b);
  if (draft.seen === undefined) return draft;
  // Even when the last interaction is that of before: joining may have brought in what is older than its windows.
  const watermark = watermarkOf(draft.seen.last);
  for (const signal of profileSignals) signal.forget?.(draft, watermark);
  return draft;
}
