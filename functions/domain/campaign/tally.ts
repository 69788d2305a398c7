import type { Contact } from './contact.ts';

/** How many contacts there are under each name of {@link tallyName}. */
export type Tally = Readonly<Record<string, number>>;

/** What a contact is counted under: its state, with the reason where there is one. Who is being sent to is still pending. */
export function tallyName({ state, reason }: Pick<Contact, 'state' | 'reason'>): string {
  const counted = state === 'sending' ? 'pending' : state;
  return reason === undefined || counted === 'pending' ? counted : `${counted}#${reason}`;
}

/** What changes of a tally when contacts become others; a contact that is new was nothing before. */
export function tallyChanges(
  changes: Iterable<{ readonly before?: Contact | undefined; readonly after: Contact }>,
): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (name: string, amount: number) => sums.set(name, (sums.get(name) ?? 0) + amount);
  for (const { before, after } of changes) {
    if (before !== undefined) add(tallyName(before), -1);
    add(tallyName(after), 1);
  }
  for (const [name, sum] of sums) if (sum === 0) sums.delete(name);
  return sums;
}
