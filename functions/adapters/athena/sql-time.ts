/** A time as SQL writes it. */
export function timestamp(atMs: number): string {
  return new Date(atMs).toISOString().replace('T', ' ').replace('Z', '');
}

/** The time that {@link timestamp} wrote, in epoch milliseconds. */
export function timeOf(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}
