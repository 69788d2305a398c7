import { ConsentAnswer, ConsentWish } from '#domain/consent/consent-wish.ts';
import { answers, denied, identifierInPath, json, refusal, regionInQuery } from './api-parts.ts';

/** The path that takes down what customers agree to. */
export function consentPaths() {
  return {
    '/v1/customers/{identifier}/consents': {
      put: {
        summary: 'Takes down what a customer agrees to; needs the scope collect',
        description:
          'Each purpose that is named gets a new yes or no; the others stay. The same can be told with any interaction, in context.consent.categoryPreferences.',
        security: [{ writeKey: [] }],
        parameters: [identifierInPath, regionInQuery],
        requestBody: { required: true, content: json(ConsentWish, 'input') },
        responses: {
          202: answers('Taken down; the profile has it within seconds', ConsentAnswer),
          400: refusal('No identifier, or no consents'),
          ...denied,
          503: refusal('Send it again'),
        },
      },
    },
  };
}
