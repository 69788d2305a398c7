import type { Scope } from '#domain/credential/credential.ts';

/** Groups of operations with what they are for, in the document's order. */
export const tags = {
  Collect: 'Tell what customers did: the Segment HTTP API',
  Customers: 'What is known of a customer, who it is, and what it agrees to',
  Decide: 'What to offer a customer here and now, and what came of it',
  Campaigns: 'Whom the firm goes to, and what became of it',
  Send: 'What goes out to customers: stop it, and try it',
  Catalogue: 'What is offered, where, to whom, and how it is decided',
} as const;
export type Tag = keyof typeof tags;

/** What the document says of a route: an operation object of OpenAPI 3.1. */
export interface Operation {
  /** What generated clients call it. */
  readonly operationId: string;
  readonly tags: readonly [Tag];
  readonly summary: string;
  readonly description?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<number, object>>;
}

interface AnyRoute {
  /** ANY is every method that no other route of the path takes. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'ANY';
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
