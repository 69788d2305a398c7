import type { Scope } from '#domain/credential/credential.ts';

/** What the document says of a route: an operation object of OpenAPI 3.1. */
export interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<number, object>>;
}

interface AnyRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As API Gateway takes it: `{id+}` reaches over slashes. */
  readonly path: string;
  /** The function that answers, by its folder's name. */
  readonly to: string;
  /** Share of the stage's rate that it may take, of 0 to 1: the rest is left to others when it is flooded. All of it without. */
  readonly atMost?: number;
  /** Absent where SDKs find the way by themselves, and where the route is another's with more slashes. */
  readonly operation?: Operation;
}

/** A route of the API. Its function refuses who has none of the scopes; where the authorizer does not ask who calls, it says why. */
export type Route = AnyRoute & ({ readonly scopes: readonly [Scope, ...Scope[]] } | { readonly openBecause: string });
