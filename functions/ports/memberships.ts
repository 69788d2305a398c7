/** The segments that a customer was in when that was last looked at. */
export interface StoredMembership {
  readonly customerId: string;
  /** What a save must still find; 0 when nothing is stored. */
  readonly version: number;
  readonly members: ReadonlySet<string>;
  /** When time alone changes it, in epoch milliseconds; `undefined` when it does not. */
  readonly nextChangeMs: number | undefined;
  /** Revision of the catalogue that its segments were taken from. */
  readonly revision: number;
}

/** Stores who is in which segment, and finds those for whom that is due to change. */
export interface Memberships {
  /** Always the latest. */
  load(customerId: string): Promise<StoredMembership>;
  /** Writes what was found at `atMs`, and remembers when it is due. `conflict` means that somebody else wrote first: look again. */
  save(
    before: StoredMembership,
    found: Pick<StoredMembership, 'members' | 'nextChangeMs' | 'revision'>,
    atMs: number,
  ): Promise<'saved' | 'conflict'>;
}
