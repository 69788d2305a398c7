import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { itemKindNames } from '#contracts/api/catalogue-kinds.ts';
import type { TouchpointApi } from '#infra/constructs/touchpoint-api.ts';
import type { CatalogueFunctions } from '../catalogue/functions.ts';
import type { CollectFunctions } from '../collect/functions.ts';
import type { DecideFunctions } from '../decide/functions.ts';
import type { ProfileFunctions } from '../profile/functions.ts';
import type { RespondFunctions } from '../respond/functions.ts';
import type { ApiFunctions } from './functions.ts';

/** Functions of other stages that stand behind the API. */
export type FunctionsBehindApi = CollectFunctions &
  ProfileFunctions &
  CatalogueFunctions &
  DecideFunctions &
  RespondFunctions;

/** Every route of the API: what touchpoints tell, what they ask. */
export function addTouchpointRoutes(api: TouchpointApi, fn: ApiFunctions & FunctionsBehindApi): void {
  const others = { to: fn.collectInteractions, paths: ['/{path+}'], openBecause: otherwise, atMost: ofCollecting };
  api
    .route({
      to: fn.collectInteractions,
      method: HttpMethod.POST,
      paths: calls.map((call) => `/v1/${call}`),
      openBecause: 'The function checks the key itself: a beacon has it in its body, which no authorizer sees.',
      atMost: ofCollecting,
    })
    .route({
      to: fn.collectInteractions,
      method: HttpMethod.GET,
      paths: ['/v1/projects/{writeKey}/settings'],
      openBecause:
        'Browsers load it before all else; the write key in its path is what it takes and all that it tells.',
      atMost: ofCollecting,
    })
    .route({ ...others, method: HttpMethod.POST })
    .route({ ...others, method: HttpMethod.GET })
    // An identifier stands in one segment, in several where it holds slashes, or in the query.
    .route({ to: fn.readCustomer, method: HttpMethod.GET, paths: ['', '/{identifier}', '/{path+}'].map(ofCustomers) })
    .route({ to: fn.readTimeline, method: HttpMethod.GET, paths: viewPaths('timeline') })
    .route({ to: fn.readIdentities, method: HttpMethod.GET, paths: viewPaths('identities') })
    .route({
      to: fn.changeConsents,
      method: HttpMethod.PUT,
      paths: [...viewPaths('consents'), ofCustomers('/{path+}')],
    })
    .route({
      to: fn.unmergeCustomer,
      method: HttpMethod.POST,
      paths: [...viewPaths('unmerge'), ofCustomers('/{path+}')],
    })
    .route({
      to: fn.readCatalogue,
      method: HttpMethod.GET,
      // Ids may hold slashes, and HTTP APIs part segments at encoded ones too.
      paths: itemKindNames.flatMap((kind) => [`/v1/${kind}`, `/v1/${kind}/{id+}`]),
    })
    .route({
      to: fn.writeCatalogue,
      method: HttpMethod.PUT,
      paths: itemKindNames.map((kind) => `/v1/${kind}/{id+}`),
    })
    .route({
      to: fn.writeCatalogue,
      method: HttpMethod.DELETE,
      paths: itemKindNames.map((kind) => `/v1/${kind}/{id+}`),
    })
    .route({
      to: fn.makeDecision,
      method: HttpMethod.POST,
      paths: ['/v1/decisions'],
      openBecause: 'The function checks the key itself: an authorizer would be paid for with each decision.',
      atMost: 1,
    })
    .route({ to: fn.replayDecision, method: HttpMethod.POST, paths: ['/v1/decisions/{id}/replay'] })
    .route({ to: fn.captureDisposition, method: HttpMethod.POST, paths: ['/v1/dispositions'] })
    .route({
      to: fn.describeApi,
      method: HttpMethod.GET,
      paths: ['/v1/openapi.json'],
      openBecause: 'It is the description of the API, the same for everybody.',
    });
}

/** Whoever has a page's key, or none, can flood what collects: each of these routes leaves two fifths of the stage's rate to others. */
const ofCollecting = 0.6;

const ofCustomers = (path: string) => `/v1/customers${path}`;
const viewPaths = (view: string) => [`/{identifier}/${view}`, `/${view}`].map(ofCustomers);

/** SDKs end paths with slashes, which routes may not have, and load more than events take; all else is answered 404. */
const otherwise = 'What SDKs call besides has its key in query, header or body, which the function checks itself.';

/** The calls of the Segment HTTP API with their short forms. */
const calls = ['track', 'identify', 'page', 'screen', 'group', 'alias', 'batch', 't', 'i', 'p', 's', 'g', 'a', 'b'];
