/** A flow was ended from outside: nothing more of it is recorded. */
export class AbortedError extends Error {
  override readonly name = 'AbortedError';
}
