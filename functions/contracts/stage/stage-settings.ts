/** What a stage says of its customers: `infra/config.ts` checks it, and functions get it in their environment. */
export { TimeZone } from '#domain/calendar/time-zone.ts';
export { type IdentifierSettings, readIdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
export { isRegion } from '#domain/identity/normalise-value.ts';
export { Currency } from '#domain/vocabulary/currency.ts';
export { Touchpoint, touchpoints } from '#domain/vocabulary/touchpoint.ts';
