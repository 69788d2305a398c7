/** Closes what whoever closes it can't open. */
export interface Sealer {
  /** Compresses and encrypts a text; the result has letters, digits and `+/=.` */
  seal(text: string): string;
}
