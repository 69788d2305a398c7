import { ConsentAnswer, ConsentWish } from '#domain/consent/consent-wish.ts';
import { answers, json, refusal } from './api-parts.ts';

/** The path that takes down what customers agree to. */
export function consentPaths() {
  return {
    '/v1/customers/{identifier}/consents': {
      put: {
        summary: 'Takes down what a customer agrees to; needs the scope collect',
        description:
          'Each purpose that is named gets a new yes or no; the others stay. The same can be told with any interaction, in context.consent.categoryPreferences.',
        security: [{ writeKey: [] }],
        parameters: [
          {
            name: 'identifier',
            in: 'path',
            required: true,
            description:
              'customer_id with any id that the customer ever had, or a type of identifiers, a colon and the value',
            schema: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,31}:.+$' },
          },
        ],
        requestBody: { required: true, content: json(ConsentWish, 'input') },
        responses: {
          202: answers('Taken down; the profile has it within seconds', ConsentAnswer),
          400: refusal('No identifier, or no consents'),
          401: refusal('No valid credential'),
          403: refusal('Scope missing'),
          503: refusal('Send it again'),
        },
      },
    },
  };
}
