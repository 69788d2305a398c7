import { IdentitiesView } from '#domain/identity/identities-view.ts';
import { UnmergeAnswer, UnmergeBody } from '#domain/identity/unmerge.ts';
import { answers, denied, json, ofCustomer, refusal } from './api-parts.ts';

const security = [{ writeKey: [] }];

/** Paths that tell and change which identifiers are one customer. */
export function identityPaths() {
  return {
    ...ofCustomer('/identities', (parameters) => ({
      get: {
        summary: 'A customer’s identifiers, personas and links, with the merges, refused merges and unmerges',
        security,
        parameters,
        responses: {
          200: answers('Identifiers and how they came together', IdentitiesView),
          400: refusal('No identifier'),
          ...denied,
          404: refusal('No such customer'),
        },
      },
    })),
    ...ofCustomer('/unmerge', (parameters) => ({
      post: {
        summary: 'Undoes the merge that brought a persona into the customer; needs the scope admin',
        description:
          'Afterwards everything is as if the two had never been merged, later interactions included. The same request again changes nothing.',
        security,
        parameters,
        requestBody: { required: true, content: json(UnmergeBody, 'input') },
        responses: {
          200: answers('Which customers they are now', UnmergeAnswer),
          400: refusal('No identifier, or no wish'),
          ...denied,
          404: refusal('Nothing ever linked the two'),
          503: refusal('Send it again'),
        },
      },
    })),
  };
}
