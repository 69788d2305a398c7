import * as z from 'zod';

/** The id of a catalogue item: lower-case words, parted by `/` where items have a place in each other (`web/home-hero`). */
export const ItemId = z
  .string()
  .max(64)
  // Records are keyed by ids: none may be a name that every JavaScript object has, as "constructor" and "__proto__" are.
  .regex(
    /^(?!constructor$)[a-z0-9][a-z0-9_-]*(\/[a-z0-9][a-z0-9_-]*)*$/,
    'Expected lower-case letters, digits, "-" and "_", parted by "/", each part beginning with a letter or digit',
  );

/** What people call an item. */
export const ItemName = z.string().trim().min(1).max(120);
