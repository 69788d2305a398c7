import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { routes } from '#contracts/api/routes.ts';
import type { LoopFunction } from '#infra/constructs/loop-function.ts';
import type { TouchpointApi } from '#infra/constructs/touchpoint-api.ts';
import type { CampaignFunctions } from '#infra/stages/campaign/functions.ts';
import type { CatalogueFunctions } from '#infra/stages/catalogue/functions.ts';
import type { CollectFunctions } from '#infra/stages/collect/functions.ts';
import type { DecideFunctions } from '#infra/stages/decide/functions.ts';
import type { ProfileFunctions } from '#infra/stages/profile/functions.ts';
import type { RespondFunctions } from '#infra/stages/respond/functions.ts';
import type { SendFunctions } from '#infra/stages/send/functions.ts';
import type { ApiFunctions } from './functions.ts';

/** Functions of other stages that stand behind the API. */
export type FunctionsBehindApi = CollectFunctions &
  ProfileFunctions &
  CatalogueFunctions &
  DecideFunctions &
  RespondFunctions &
  CampaignFunctions &
  SendFunctions;

/** Leads every route of the API to its function. */
export function addTouchpointRoutes(api: TouchpointApi, fn: ApiFunctions & FunctionsBehindApi): void {
  const functions: readonly LoopFunction[] = Object.values(fn);
  for (const { to, method, path, atMost, ...access } of routes()) {
    const target = functions.find(({ node }) => node.id === to);
    if (target === undefined)
      throw new TypeError(`${method} ${path} leads to ${to}, which no stage behind the API has`);
    api.route({
      to: target,
      method: HttpMethod[method],
      paths: [path],
      ...('openBecause' in access && { openBecause: access.openBecause }),
      ...(atMost !== undefined && { atMost }),
    });
  }
}
