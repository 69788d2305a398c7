/** Small permanent arms that measure the engine itself, each without one of its parts. */
export const measuringArms = [
  'random-eligible',
  'propensity-only',
  'no-levers',
  'eligibility-only',
  'no-treatment',
] as const;
export type MeasuringArm = (typeof measuringArms)[number];

/** Names of arms that a variant can't have. */
export const reservedArms: ReadonlySet<string> = new Set([...measuringArms, 'holdout']);
