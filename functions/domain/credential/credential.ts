import * as z from 'zod';
import { Touchpoint } from '#domain/vocabulary/touchpoint.ts';
import { Trust } from './trust.ts';

/** What a credential may do. */
export const scopes = ['collect', 'decide', 'read', 'catalogue', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** A touchpoint's credential as it is stored: never the key, only its SHA-256 (the key has 192 random bits, so it needs no salt). */
export const Credential = z.object({
  keyHash: z.string().regex(/^[0-9a-f]{64}$/),
  credentialId: z.string(),
  name: z.string(),
  touchpoint: Touchpoint,
  scopes: z.array(z.enum(scopes)),
  /** Touchpoints that it may speak for besides its own. */
  touchpoints: z.array(Touchpoint).optional(),
  /** Absent in credentials of before: see `trustOfScopes`. */
  trust: Trust.optional(),
  /** What it may send, where that is not what its trust gives: see `allowanceOf`. */
  eventsPerSecond: z.int().min(1).optional(),
  eventsPerDay: z.int().min(1).optional(),
  createdAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().optional(),
  /** When a key that was rotated ends. */
  expiresAt: z.iso.datetime().optional(),
});
export type Credential = z.infer<typeof Credential>;
