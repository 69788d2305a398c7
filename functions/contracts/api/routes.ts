import { campaignRoutes } from './campaign-routes.ts';
import { catalogueRoutes } from './catalogue-routes.ts';
import { collectRoutes, sdkRoutes } from './collect-routes.ts';
import { consentRoutes } from './consent-routes.ts';
import { customerRoutes } from './customer-routes.ts';
import { decisionRoutes } from './decision-routes.ts';
import { identityRoutes } from './identity-routes.ts';
import { rejectionRoutes } from './rejection-routes.ts';
import type { Route } from './route.ts';
import { sendingRoutes } from './sending-routes.ts';

/** Every route of the API, in the document's order: the stack leads them to functions, the document describes them, tests hold answers to it. */
export function routes(): readonly Route[] {
  return [
    ...collectRoutes(),
    ...rejectionRoutes(),
    ...customerRoutes(),
    ...identityRoutes(),
    ...consentRoutes(),
    ...decisionRoutes(),
    ...campaignRoutes(),
    ...sendingRoutes(),
    ...catalogueRoutes(),
    ...sdkRoutes(),
    {
      method: 'GET',
      path: '/v1/openapi.json',
      to: 'describe-api',
      openBecause: 'It is the description of the API, the same for everybody.',
    },
    ...['/', '/{path+}'].map(
      (path): Route => ({
        method: 'ANY',
        path,
        to: 'describe-api',
        openBecause:
          'An HTTP API’s own 404 has no code: what no other route takes is refused in the form of all refusals.',
      }),
    ),
  ];
}
