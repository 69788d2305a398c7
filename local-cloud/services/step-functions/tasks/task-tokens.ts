import { randomBytes } from 'node:crypto';

/** What somebody says of the task that a token stands for. */
export type TokenMessage =
  | { readonly kind: 'success'; readonly output: unknown }
  | { readonly kind: 'failure'; readonly error?: string | undefined; readonly cause?: string | undefined }
  | { readonly kind: 'heartbeat' };

/** The tasks that wait until their token comes back. */
export interface TaskTokens {
  newToken(): string;
  /** Tells the listener what is said of the task, until it is told to stop. */
  listen(token: string, listener: (message: TokenMessage) => void): () => void;
  /** Whether somebody waits for the token. */
  send(token: string, message: TokenMessage): boolean;
}

export function createTaskTokens(): TaskTokens {
  const listeners = new Map<string, (message: TokenMessage) => void>();
  return {
    newToken: () => randomBytes(96).toString('base64'),
    listen(token, listener) {
      listeners.set(token, listener);
      return () => listeners.delete(token);
    },
    send(token, message) {
      const listener = listeners.get(token);
      listener?.(message);
      return listener !== undefined;
    },
  };
}
