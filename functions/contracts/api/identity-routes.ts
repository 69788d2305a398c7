import { IdentitiesView } from '#domain/identity/identities-view.ts';
import { UnmergeAnswer, UnmergeBody } from '#domain/identity/unmerge.ts';
import { answers, comeAgain, denied, json, ofCustomer, refusal, slashedIdentifier } from './api-parts.ts';
import type { Route } from './route.ts';

const security = [{ writeKey: [] }];

/** Routes that tell and change which identifiers are one customer. */
export function identityRoutes(): Route[] {
  const reads = { method: 'GET', to: 'read-identities', scopes: ['read'] } as const;
  const unmerges = { method: 'POST', to: 'unmerge-customer', scopes: ['admin'] } as const;
  return [
    ...ofCustomer('/identities', reads, (parameters) => ({
      operationId: 'readIdentities',
      tags: ['Customers'],
      summary: 'A customer’s identifiers, personas and links, with the merges, refused merges and unmerges',
      security,
      parameters,
      responses: {
        200: answers('Identifiers and how they came together', IdentitiesView),
        400: refusal('No identifier'),
        ...denied,
        404: refusal('No such customer'),
        ...comeAgain,
      },
    })),
    ...ofCustomer('/unmerge', unmerges, (parameters) => ({
      operationId: 'unmergeCustomer',
      tags: ['Customers'],
      summary: 'Undoes the merge that brought a persona into the customer; needs the scope admin',
      description:
        'Afterwards everything is as if the two had never been merged, later interactions included. The same request again changes nothing.',
      security,
      parameters,
      requestBody: { required: true, content: json(UnmergeBody, 'input', { identifier: 'user_id:u2' }) },
      responses: {
        200: answers('Which customers they are now', UnmergeAnswer),
        400: refusal('No identifier, or no wish'),
        ...denied,
        404: refusal('Nothing ever linked the two'),
        ...comeAgain,
      },
    })),
    { ...unmerges, path: slashedIdentifier },
  ];
}
