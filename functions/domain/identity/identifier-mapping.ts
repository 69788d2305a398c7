import * as z from 'zod';
import { Touchpoint } from '#domain/vocabulary/touchpoint.ts';

// The group of a call is no source: an account groups people and never merges them.
const source = /^(?:userId|anonymousId|previousId|(?:properties|traits|context)(?:\.[^.]{1,64}){1,6})$/;

/** Says that what stands somewhere in an interaction is an identifier of a type. */
export const IdentifierMapping = z.strictObject({
  /** `userId`, `anonymousId`, `previousId`, or a dotted path into `properties`, `traits` or `context`. */
  from: z.string().regex(source, 'Expected userId, anonymousId, previousId or a path such as properties.spa_guest.'),
  /** Name of the type. */
  type: z.string(),
  /** Only for interactions of this touchpoint, and there in place of what holds everywhere. */
  touchpoint: Touchpoint.exactOptional(),
});
export type IdentifierMapping = z.infer<typeof IdentifierMapping>;

/** The mappings that hold at a touchpoint: its own for a source, else the general ones for it. */
export function mappingsAt<Mapping extends IdentifierMapping>(
  mappings: readonly Mapping[],
  touchpoint: string,
): readonly Mapping[] {
  const own = new Set(mappings.flatMap((mapping) => (mapping.touchpoint === touchpoint ? [mapping.from] : [])));
  return mappings.filter((mapping) =>
    mapping.touchpoint === undefined ? !own.has(mapping.from) : mapping.touchpoint === touchpoint,
  );
}
