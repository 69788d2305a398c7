import { dayMs } from '#domain/calendar/days.ts';
import type { Campaign } from './campaign.ts';

/** Whether a campaign's limits let a customer enter who has entered it so often, and when last. */
export function mayEnter(
  { most, restDays }: Campaign['entry'],
  before: { readonly count: number; readonly lastAtMs: number } | undefined,
  nowMs: number,
): boolean {
  if (before === undefined) return true;
  return (most === undefined || before.count < most) && nowMs - before.lastAtMs >= (restDays ?? 0) * dayMs;
}

/** Whether a campaign limits entries at all. */
export function limitsEntries({ entry }: Pick<Campaign, 'entry'>): boolean {
  return entry.most !== undefined || entry.restDays !== undefined;
}
