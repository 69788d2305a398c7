import type { ErrorCode } from '#contracts/api/error-codes.ts';

/**
 * Base of every fault that Lemniscate throws itself. Workflows, alarms and the runbook know it by its name, which each class
 * therefore writes out: the bundler renames classes.
 */
export abstract class LemniscateError extends Error {
  abstract override readonly name: string;
}

/**
 * A fault that passes: who does the same again, a little later, may succeed. Behind the HTTP API it is answered 503 with `code`, at a
 * queue the message comes again.
 */
export abstract class RetryableError extends LemniscateError {
  abstract readonly code: ErrorCode;
}

/** The environment of a function lacks a variable that its construct must set. */
export class ConfigurationError extends LemniscateError {
  override readonly name = 'ConfigurationError';
}

/** What another service or a stored row said does not have the shape it must have. */
export class UnexpectedShapeError extends LemniscateError {
  override readonly name = 'UnexpectedShapeError';
}

/** The bus did not take every entry, after retries; the sender may try the whole request again. */
export class BusUnavailableError extends RetryableError {
  override readonly name = 'BusUnavailableError';
  override readonly code = 'bus_unavailable';
}

/** When messages arrived first could not be asked; the sender may try the whole request again. */
export class ArrivalsUnavailableError extends RetryableError {
  override readonly name = 'ArrivalsUnavailableError';
  override readonly code = 'arrivals_unavailable';
}

/** A customer kept changing under a writer, more often than it retries. The batch goes back to its queue. */
export class PersonaContendedError extends RetryableError {
  override readonly name = 'PersonaContendedError';
  override readonly code = 'persona_contended';
}

/** A lake query failed, or took longer than a caller can wait. */
export class LakeQueryError extends RetryableError {
  override readonly name = 'LakeQueryError';
  override readonly code = 'lake_unavailable';
}

/** The catalogue changed under a writer, more often than it retries. */
export class CatalogueContendedError extends RetryableError {
  override readonly name = 'CatalogueContendedError';
  override readonly code = 'catalogue_busy';
}

/** The catalogue changed under its reader again and again. */
export class CatalogueTornError extends RetryableError {
  override readonly name = 'CatalogueTornError';
  override readonly code = 'catalogue_busy';
}

/** A customer kept changing under a decision, more often than it is tried; the caller may ask again. */
export class CustomerContendedError extends RetryableError {
  override readonly name = 'CustomerContendedError';
  override readonly code = 'customer_contended';
}

/** A batch of decisions was asked for again under its id, but for other customers. */
export class BatchReusedError extends LemniscateError {
  override readonly name = 'BatchReusedError';
}

/** DynamoDB left keys of a batch unread, after retries. */
export class ItemsUnreadError extends RetryableError {
  override readonly name = 'ItemsUnreadError';
  override readonly code = 'items_unread';
}

/** Identifiers kept being linked under a writer, more often than it retries. */
export class IdentitiesContendedError extends RetryableError {
  override readonly name = 'IdentitiesContendedError';
  override readonly code = 'identities_contended';
}

/** Models kept changing under their one writer, more often than it retries. The messages go back to their queue. */
export class ModelsContendedError extends RetryableError {
  override readonly name = 'ModelsContendedError';
  override readonly code = 'models_contended';
}

/** A campaign can't run as it stands in the catalogue: trying again does not help. */
export class CampaignUnfitError extends LemniscateError {
  override readonly name = 'CampaignUnfitError';
}

/** A run is paused: its workflow waits and tries again. */
export class RunPausedError extends LemniscateError {
  override readonly name = 'RunPausedError';
}

/** Contacts or a run of a campaign kept changing under a writer, more often than it retries. Done again it goes on. */
export class CampaignContendedError extends RetryableError {
  override readonly name = 'CampaignContendedError';
  override readonly code = 'campaign_contended';
}

/** A customer's segments kept changing under a writer, more often than it retries. The message goes back to its queue. */
export class SegmentsContendedError extends RetryableError {
  override readonly name = 'SegmentsContendedError';
  override readonly code = 'segments_contended';
}

/** A webhook's name or address leads to where nothing is sent: this machine, a private network, a cloud's metadata. */
export class RefusedAddressError extends LemniscateError {
  override readonly name = 'RefusedAddressError';
}

/** An address kept changing under a sender who counts messages to it, more often than it is tried. */
export class AddressContendedError extends LemniscateError {
  override readonly name = 'AddressContendedError';
}
