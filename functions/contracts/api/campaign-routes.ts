import { answers, comeAgain, denied, json, refusal } from './api-parts.ts';
import { RunAnswer, RunContactsAnswer, RunRequest, RunsAnswer } from './campaign-run-answers.ts';
import type { Operation, Route } from './route.ts';

const security = [{ writeKey: [] }];
const campaign = { name: 'id', in: 'path', required: true, schema: { type: 'string' }, description: 'The campaign' };
const run = { name: 'run', in: 'path', required: true, schema: { type: 'string' }, description: 'The run' };
const runs = '/v1/campaigns/{id}/runs';

/** Routes of campaigns' runs. */
export function campaignRoutes(): Route[] {
  const reads = { method: 'GET', to: 'read-campaign-runs', scopes: ['read', 'catalogue'] } as const;
  return [
    {
      method: 'POST',
      path: runs,
      to: 'start-campaign-run',
      scopes: ['catalogue'],
      operation: {
        operationId: 'startCampaignRun',
        tags: ['Campaigns'],
        summary: 'Begins a run of a campaign, or a dry run that tells who would get what and why',
        security,
        parameters: [campaign],
        requestBody: { content: json(RunRequest, 'input', { dryRun: true }) },
        responses: {
          202: answers('Begun', RunAnswer),
          400: refusal('No such request'),
          ...denied,
          404: refusal('There is no such campaign'),
          409: refusal('The campaign is not live'),
          ...comeAgain,
        },
      },
    },
    {
      ...reads,
      path: runs,
      operation: reading('listCampaignRuns', 'Runs of a campaign, the latest first', RunsAnswer, [campaign]),
    },
    {
      ...reads,
      path: `${runs}/{run}`,
      operation: reading('readCampaignRun', 'A run with its accounts', RunAnswer, [campaign, run]),
    },
    {
      ...reads,
      path: `${runs}/{run}/contacts`,
      operation: reading('listRunContacts', 'What becomes of each customer of a run, and why', RunContactsAnswer, [
        campaign,
        run,
        { name: 'cursor', in: 'query', schema: { type: 'string' }, description: 'nextCursor of the page before' },
      ]),
    },
    ...(['pause', 'resume', 'cancel', 'redrive'] as const).map(
      (command): Route => ({
        method: 'POST',
        path: `${runs}/{run}/${command}`,
        to: 'change-campaign-run',
        scopes: ['catalogue'],
        operation: {
          operationId: `${command}CampaignRun`,
          tags: ['Campaigns'],
          summary: summaryOf[command],
          security,
          parameters: [campaign, run],
          responses: {
            202: answers('The run from now on', RunAnswer),
            ...denied,
            404: refusal('There is no such run'),
            409: refusal('The run is in no state for it'),
            ...comeAgain,
          },
        },
      }),
    ),
  ];
}

const summaryOf = {
  pause: 'Holds a run: it chooses nobody and sends nothing until it is resumed',
  resume: 'Lets a paused run go on',
  cancel: 'Ends a run: what has not left does not leave',
  redrive: 'Does what a run has lost to faults, and nothing twice',
} as const;

function reading(
  operationId: string,
  summary: string,
  schema: Parameters<typeof answers>[1],
  parameters: readonly object[],
): Operation {
  return {
    operationId,
    tags: ['Campaigns'],
    summary,
    security,
    parameters,
    responses: {
      200: answers(summary, schema),
      400: refusal('Malformed page'),
      ...denied,
      404: refusal('There is no such campaign or run'),
      ...comeAgain,
    },
  };
}
