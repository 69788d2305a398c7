/** Small permanent arms that measure the engine itself, each without one of its parts. */
export const measuringArms = [
  'random-eligible',
  'propensity-only',
  'no-levers',
  'eligibility-only',
  'no-treatment',
] as const;
export type MeasuringArm = (typeof measuringArms)[number];

/** Names that a variant can't have, because arms of every strategy have them; `champion` is the champion's. */
export const reservedArms: ReadonlySet<string> = new Set([...measuringArms, 'holdout']);
