import type { Authorize } from './authorizer.ts';
import type { CorsConfiguration } from './cross-origin.ts';
import type { Route } from './route.ts';

/** The API of the template, ready to be asked. */
export interface HttpApi {
  readonly id: string;
  readonly cors: CorsConfiguration | undefined;
  readonly routes: readonly Route[];
  /** Function ARN of each integration. */
  readonly integrations: ReadonlyMap<string, string>;
  readonly authorizers: ReadonlyMap<string, Authorize>;
}
