import { ConsentAnswer, ConsentRequest } from '#domain/consent/consent-request.ts';
import { answers, denied, json, ofCustomer, refusal, tooMany } from './api-parts.ts';

/** The path that takes down what customers agree to. */
export function consentPaths() {
  return ofCustomer('/consents', (parameters) => ({
    put: {
      summary: 'Takes down what a customer agrees to; needs the scope collect',
      description:
        'Each purpose that is named gets a new yes or no; the others stay, and a no until a later explicit yes. The same can be told with any interaction, in context.consent.categoryPreferences.',
      security: [{ writeKey: [] }],
      parameters,
      requestBody: { required: true, content: json(ConsentRequest, 'input') },
      responses: {
        202: answers('Taken down; the profile has it within seconds', ConsentAnswer),
        400: refusal('No identifier, or no consents'),
        ...denied,
        ...tooMany,
        503: refusal('Send it again'),
      },
    },
  }));
}
