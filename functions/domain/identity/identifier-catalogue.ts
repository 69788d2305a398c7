import * as z from 'zod';
import { type BlockedPattern, blockedPattern } from './blocked-value.ts';
import { defaultBlocked, defaultMappings, defaultTypes } from './default-identifiers.ts';
import { IdentifierMapping, mappingsAt } from './identifier-mapping.ts';
import { BlockedValue, type IdentifierType, IdentifierTypeSetting, withSetting } from './identifier-type.ts';

const PublicClaims = z.enum(['nobody-else', 'never-link', 'anybody-may-merge-customers']);

/** What a stage says about identifiers: types and mappings that it adds or changes, values that name nobody. */
export const IdentifierSettings = z.strictObject({
  /** Country whose phone numbers may lack their country code (ISO 3166, two letters). Without it such numbers name nobody. */
  region: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Expected a country of ISO 3166 in two letters, such as DE.')
    .exactOptional(),
  types: z.array(IdentifierTypeSetting).max(50).default([]),
  mappings: z.array(IdentifierMapping).max(200).default([]),
  /**
   * What the key in a web page may do with identifiers that others may know. `nobody-else`: join those that nobody had before.
   * `never-link`: join none, which parts visitors from the accounts that they make until these are proven.
   * `anybody-may-merge-customers`: everything that it tells is believed, so anybody may take a customer over who knows an address.
   */
  publicClaims: PublicClaims.default('nobody-else'),
  /** Ids of the keys that proofs are signed with (docs/proof.md): a new one is added before the old one is taken out. */
  proofKeys: z
    .array(z.string().regex(/^[A-Za-z0-9._-]{1,32}$/))
    .max(3)
    .default(['1']),
  /** No type takes these values; a pattern may hold `*`. */
  blocked: z.array(BlockedValue).max(500).default([]),
});
/** As a stage writes it. */
export type IdentifierSettings = z.input<typeof IdentifierSettings>;

/** A mapping, and whether every stage has it. */
export type CatalogueMapping = IdentifierMapping & { readonly isDefault: boolean };

/** All types of identifiers with where they come from: what decides who an interaction is about. */
export interface IdentifierCatalogue {
  readonly types: ReadonlyMap<string, IdentifierType>;
  readonly region?: string;
  readonly publicClaims: z.output<typeof PublicClaims>;
  readonly proofKeys: readonly string[];
  /** The mappings that hold at a touchpoint; those of the stage are not `isDefault`. */
  readonly mappingsAt: (touchpoint: string) => readonly CatalogueMapping[];
  /** Patterns of normalised values that name nobody, by type. */
  readonly blocked: ReadonlyMap<string, BlockedPattern>;
}

export type ReadIdentifierCatalogue =
  | { readonly kind: 'catalogue'; readonly catalogue: IdentifierCatalogue }
  | { readonly kind: 'invalid'; readonly faults: readonly string[] };

/** Reads a stage's settings over what every stage has. Faults are sentences that begin with a path. */
export function readIdentifierCatalogue(settings: unknown): ReadIdentifierCatalogue {
  const parsed = IdentifierSettings.safeParse(settings);
  if (!parsed.success) {
    return {
      kind: 'invalid',
      faults: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'settings'}: ${message}`),
    };
  }
  const { types: own, mappings, blocked, ...rest } = parsed.data;
  const types = new Map(defaultTypes.map((type) => [type.name, type]));
  for (const setting of own) types.set(setting.name, withSetting(types.get(setting.name), setting));
  const faults = mappings.flatMap(({ type }, index) =>
    types.has(type)
      ? []
      : [`mappings.${index}.type: There is no type ${type}; there are ${[...types.keys()].join(', ')}.`],
  );
  if (faults.length > 0) return { kind: 'invalid', faults };
  return { kind: 'catalogue', catalogue: catalogueOf(types, mappings, [...defaultBlocked, ...blocked], rest) };
}

/** What holds without any settings. */
export const defaultIdentifiers: IdentifierCatalogue = catalogueOf(
  new Map(defaultTypes.map((type) => [type.name, type])),
  [],
  defaultBlocked,
  { publicClaims: 'nobody-else', proofKeys: ['1'] },
);

function catalogueOf(
  types: ReadonlyMap<string, IdentifierType>,
  own: readonly IdentifierMapping[],
  blocked: readonly string[],
  { region, publicClaims, proofKeys }: Pick<IdentifierCatalogue, 'region' | 'publicClaims' | 'proofKeys'>,
): IdentifierCatalogue {
  // What a stage says of a source everywhere is said in place of the default.
  const said = new Set(own.flatMap(({ from, touchpoint }) => (touchpoint === undefined ? [from] : [])));
  const mappings = [
    ...defaultMappings.filter(({ from }) => !said.has(from)).map((mapping) => ({ ...mapping, isDefault: true })),
    ...own.map((mapping) => ({ ...mapping, isDefault: false })),
  ];
  const byTouchpoint = new Map<string, readonly CatalogueMapping[]>();
  return {
    types,
    ...(region === undefined ? {} : { region }),
    publicClaims,
    proofKeys,
    mappingsAt(touchpoint) {
      const known = byTouchpoint.get(touchpoint) ?? mappingsAt(mappings, touchpoint);
      byTouchpoint.set(touchpoint, known);
      return known;
    },
    blocked: new Map(
      [...types.values()].map((type) => [type.name, blockedPattern([...blocked, ...type.blocked])] as const),
    ),
  };
}
