import * as z from 'zod';

/** The text of a purpose, as a part of patterns. */
export const purposePattern = '[A-Za-z0-9][A-Za-z0-9_-]{0,63}';

/**
 * What consent is given for: a category of Segment's `categoryPreferences`. No colon is in it, for a consent to one channel is
 * `purpose:channel`.
 */
export const Purpose = z
  .string()
  .regex(
    new RegExp(`^${purposePattern}$`),
    'Expected a purpose of up to 64 letters, digits, "_" and "-", as marketing',
  );
