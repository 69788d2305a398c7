/** A query that fails the way Athena reports it: `CODE: message` becomes the execution's StateChangeReason. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
