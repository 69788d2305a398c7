import * as z from 'zod';
import { rounded } from '#domain/mathematics/rounded.ts';
import { ItemId, ItemName } from '#domain/vocabulary/item-id.ts';
import { type MeasuringArm, reservedArms } from './arms.ts';
import { Variant } from './variant.ts';

const Share = z.number().min(0).max(1);

/** A named way of deciding at its placements, with what it is compared to. What the shares leave is the champion's. */
export const Strategy = z
  .strictObject({
    strategyId: ItemId.describe('The id, as in the path'),
    name: ItemName.describe('What people call it'),
    placements: z
      .union([z.literal('all'), z.array(ItemId).min(1).max(1000)])
      .describe('Ids of its placements, or "all" for those that no other strategy names'),
    champion: Variant.describe('The way of deciding for everybody who is in no other arm'),
    challengers: z
      .array(Variant.extend({ share: Share.describe('Part of all customers, 0 to 1') }))
      .max(10)
      .default([])
      .describe('Ways of deciding that are tried on a part of the customers'),
    measuringShares: z
      .strictObject({
        'random-eligible': Share.default(0).describe('Any treatment that passed every policy, by lot'),
        'propensity-only': Share.default(0).describe('The likeliest treatment, whatever its value'),
        'no-levers': Share.default(0).describe('The champion without levers'),
        'eligibility-only': Share.default(0).describe(
          'Only eligible rules are asked, not applicable and suitable ones; ranked as the champion',
        ),
        'no-treatment': Share.default(0).describe('Nothing is shown, and it is recorded what would have been'),
      } satisfies Record<MeasuringArm, z.ZodType>)
      .prefault({})
      .describe('Parts of the customers for the arms that measure the engine itself, 0 to 1 each'),
    holdoutShare: Share.default(0).describe('Part of the customers who get no treatments, 0 to 1'),
    salt: z.string().min(1).max(64).describe('Another salt deals customers to arms anew'),
  })
  .check(({ value, issues }) => {
    const variants = [
      { name: value.champion.name, path: ['champion', 'name'] },
      ...value.challengers.map(({ name }, index) => ({ name, path: ['challengers', index, 'name'] })),
    ];
    const taken = new Set(reservedArms);
    for (const { name, path } of variants) {
      if (taken.has(name))
        issues.push({ code: 'custom', input: value, path, message: `Another arm is named "${name}"` });
      taken.add(name).add('champion');
    }
    const shares = [
      ...value.challengers.map(({ share }) => share),
      ...Object.values(value.measuringShares),
      value.holdoutShare,
    ];
    const sum = shares.reduce((total, share) => total + share, 0);
    if (sum > 1 + 1e-9) {
      issues.push({
        code: 'custom',
        input: value,
        path: [],
        message: `The shares add up to ${rounded(sum, 6)}, more than 1`,
      });
    }
  });
export type Strategy = z.infer<typeof Strategy>;
