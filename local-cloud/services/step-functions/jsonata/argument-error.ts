/** What a function throws for arguments of the right type that it can't work with: D3137 is the code with a text of its own. */
export function argumentError(message: string): Error {
  return Object.assign(new Error(message), { code: 'D3137' });
}
