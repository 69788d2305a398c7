/**
 * Base of every fault that Lemniscate throws itself. Workflows, alarms and the runbook know it by its name, which each class
 * therefore writes out: the bundler renames classes.
 */
export abstract class LemniscateError extends Error {
  abstract override readonly name: string;
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
export class BusUnavailableError extends LemniscateError {
  override readonly name = 'BusUnavailableError';
}

/** When messages arrived first could not be asked; the sender may try the whole request again. */
export class ArrivalsUnavailableError extends LemniscateError {
  override readonly name = 'ArrivalsUnavailableError';
}

/** A customer kept changing under a writer, more often than it retries. The batch goes back to its queue. */
export class PersonaContendedError extends LemniscateError {
  override readonly name = 'PersonaContendedError';
}

/** A lake query failed, or took longer than a caller can wait. */
export class LakeQueryError extends LemniscateError {
  override readonly name = 'LakeQueryError';
}

/** The catalogue changed under its reader again and again. */
export class CatalogueTornError extends LemniscateError {
  override readonly name = 'CatalogueTornError';
}

/** A customer kept changing under a decision, more often than it is tried; the caller may ask again. */
export class CustomerContendedError extends LemniscateError {
  override readonly name = 'CustomerContendedError';
}

/** A batch of decisions was asked for again under its id, but for other customers. */
export class BatchReusedError extends LemniscateError {
  override readonly name = 'BatchReusedError';
}

/** DynamoDB left keys of a batch unread, after retries. */
export class ItemsUnreadError extends LemniscateError {
  override readonly name = 'ItemsUnreadError';
}

/** Identifiers kept being linked under a writer, more often than it retries. */
export class IdentitiesContendedError extends LemniscateError {
  override readonly name = 'IdentitiesContendedError';
}

/** Models kept changing under their one writer, more often than it retries. The messages go back to their queue. */
export class ModelsContendedError extends LemniscateError {
  override readonly name = 'ModelsContendedError';
}

/** A customer's segments kept changing under a writer, more often than it retries. The message goes back to its queue. */
export class SegmentsContendedError extends LemniscateError {
  override readonly name = 'SegmentsContendedError';
}
