import { ConsentAnswer, ConsentRequest } from '#domain/consent/consent-request.ts';
import { answers, comeAgain, denied, json, ofCustomer, refusal, slashedIdentifier } from './api-parts.ts';
import type { Route } from './route.ts';

/** The route that takes down what customers agree to. */
export function consentRoutes(): Route[] {
  const route = { method: 'PUT', to: 'change-consents', scopes: ['collect'] } as const;
  return [
    ...ofCustomer('/consents', route, (parameters) => ({
      operationId: 'changeConsents',
      tags: ['Customers'],
      summary: 'Takes down what a customer agrees to; needs the scope collect',
      description:
        'Each purpose that is named gets a new yes or no; the others stay, and a no until a later explicit yes. The same can be told with any interaction, in context.consent.categoryPreferences.',
      security: [{ writeKey: [] }],
      parameters,
      requestBody: {
        required: true,
        content: json(ConsentRequest, 'input', { marketing: true, 'marketing:email': false }),
      },
      responses: {
        202: answers('Taken down; the profile has it within seconds', ConsentAnswer),
        400: refusal('No identifier, or no consents'),
        ...denied,
        ...comeAgain,
      },
    })),
    { ...route, path: slashedIdentifier },
  ];
}
