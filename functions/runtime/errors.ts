/** Base of every fault that Lemniscate throws itself. Workflows and alarms match on the class name. */
export abstract class LemniscateError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The environment of a function lacks a variable that its construct must set. */
export class ConfigurationError extends LemniscateError {}

/** What another service or a stored row said does not have the shape it must have. */
export class UnexpectedShapeError extends LemniscateError {}

/** The bus did not take every entry, after retries; the sender may try the whole request again. */
export class BusUnavailableError extends LemniscateError {}

/** When messages arrived first could not be asked; the sender may try the whole request again. */
export class ArrivalsUnavailableError extends LemniscateError {}

/** A customer kept changing under a writer, more often than it retries. The batch goes back to its queue. */
export class PersonaContendedError extends LemniscateError {}

/** A lake query failed, or took longer than a caller can wait. */
export class LakeQueryError extends LemniscateError {}

/** The catalogue changed under its reader again and again. */
export class CatalogueTornError extends LemniscateError {}

/** A customer kept changing under a decision, more often than it is tried; the caller may ask again. */
export class CustomerContendedError extends LemniscateError {}

/** A batch of decisions was asked for again under its id, but for other customers. */
export class BatchReusedError extends LemniscateError {}

/** DynamoDB left keys of a batch unread, after retries. */
export class ItemsUnreadError extends LemniscateError {}

/** Identifiers kept being linked under a writer, more often than it retries. */
export class IdentitiesContendedError extends LemniscateError {}

/** Models kept changing under their one writer, more often than it retries. The messages go back to their queue. */
export class ModelsContendedError extends LemniscateError {}

/** A customer's segments kept changing under a writer, more often than it retries. The message goes back to its queue. */
export class SegmentsContendedError extends LemniscateError {}
