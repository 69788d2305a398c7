import * as z from 'zod';
import { DecisionAnswer } from '#domain/decision/decision-answer.ts';
import { DecisionRequest } from '#domain/decision/decision-request.ts';
import { DispositionReports } from '#domain/disposition/disposition-report.ts';
import { answers, comeAgain, denied, json, refusal, regionInQuery } from './api-parts.ts';
import type { Route } from './route.ts';

const security = [{ writeKey: [] }, { writeKeyHeader: [] }];

const DispositionAnswer = z.object({
  results: z.array(
    z.object({
      index: z.int(),
      status: z
        .enum(['captured', 'late', 'unknown'])
        .describe(
          'Late: after the days in which a response to the offer counts (goalDays). Unknown: nobody knows the decision, or it did not show the treatment. Both are kept',
        ),
    }),
  ),
});

const decisionExample = {
  customer: 'email:ada@example.com',
  placements: ['web/home-hero'],
  context: { match_day: true },
  explain: false,
};

const decisionAnswerExample = {
  decisionId: '019cad2f-0000-7000-8000-000000000000',
  treatments: [
    {
      treatmentId: 'tv-hero',
      offerId: 'tv-sport',
      placementId: 'web/home-hero',
      channel: 'web',
      content: { title: 'Every match, live' },
      rank: 1,
      propensity: 0.18,
      score: 261,
    },
  ],
};

const dispositionExample = {
  decisionId: '019cad2f-0000-7000-8000-000000000000',
  treatmentId: 'tv-hero',
  disposition: 'rejected',
  reason: 'too-expensive',
};

/** Routes that decide, and that tell what customers did with treatments. */
export function decisionRoutes(): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/decisions',
      to: 'make-decision',
      openBecause: 'The function checks the key itself: an authorizer would be paid for with each decision.',
      atMost: 1,
      operation: {
        operationId: 'makeDecision',
        tags: ['Decide'],
        summary: 'What to show this customer here, now; needs the scope decide',
        description: 'What is answered has been counted and recorded. No treatment is an answer too.',
        security,
        parameters: [
          {
            name: 'Idempotency-Key',
            in: 'header',
            schema: { type: 'string', maxLength: 255 },
            description: 'The same key gets the same answer and counts once, also at the same time',
          },
          regionInQuery,
        ],
        requestBody: { required: true, content: json(DecisionRequest, 'input', decisionExample) },
        responses: {
          200: answers('The treatments to present, the best first', DecisionAnswer, decisionAnswerExample),
          400: refusal('No request, no identifier, or a placement that the catalogue lacks'),
          ...denied,
          409: refusal('The Idempotency-Key was used for another customer or question'),
          ...comeAgain,
        },
      },
    },
    {
      method: 'POST',
      path: '/v1/decisions/{id}/replay',
      to: 'replay-decision',
      scopes: ['decide', 'read', 'admin'],
      operation: {
        operationId: 'replayDecision',
        tags: ['Decide'],
        summary: 'Makes a decision again from its record, for the credential that asked for it or with the scope admin',
        security,
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
        responses: {
          200: {
            ...answers('The answer, made again', DecisionAnswer),
            headers: {
              'decision-replay': {
                schema: { enum: ['same', 'different'] },
                description: 'Whether it is what was answered then',
              },
            },
          },
          ...denied,
          404: refusal('No decision of the last 45 days has this id'),
          ...comeAgain,
        },
      },
    },
    {
      method: 'POST',
      path: '/v1/dispositions',
      to: 'capture-disposition',
      scopes: ['decide', 'collect'],
      operation: {
        operationId: 'tellDispositions',
        tags: ['Decide'],
        summary: 'Takes what customers did with treatments, one or a list; needs the scope decide or collect',
        description:
          'Told again it has no effect. Promotion Viewed, Promotion Clicked, Experiment Viewed, Order Completed and the e-mail and push events of the Segment specs mean the same when they carry a decision_id. Tell presented too: silence counts as a no only where somebody has seen the treatment, and a rate of answers alone is too high.',
        security,
        requestBody: { required: true, content: json(DispositionReports, 'input', dispositionExample) },
        responses: {
          200: answers('What became of each', DispositionAnswer),
          400: refusal('Can never succeed'),
          ...denied,
          ...comeAgain,
        },
      },
    },
  ];
}
