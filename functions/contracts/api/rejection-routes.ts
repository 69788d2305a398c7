import * as z from 'zod';
import { rejectionReasons } from '#contracts/wire/rejection.ts';
import { answers, comeAgain, denied, refusal } from './api-parts.ts';
import type { Route } from './route.ts';

const Rejections = z.object({
  rejections: z.array(
    z.object({
      rejectionId: z.string(),
      receivedAt: z.string(),
      touchpoint: z.string().describe('Whose key sent it'),
      reason: z.string().describe(`Why: one of ${rejectionReasons.join(', ')}`),
      path: z.string().describe('Where in the event the fault is; empty for the whole event'),
      detail: z.string().describe('What was expected and what arrived, without the value'),
      type: z.string().optional(),
      messageId: z.string().optional(),
      events: z.int().describe('Events of one request with the same fault and without a message id are told once'),
    }),
  ),
  nextCursor: z.string().nullable(),
});

const query = (name: string, description: string, schema: object = { type: 'string' }) => ({
  name,
  in: 'query',
  schema,
  description,
});

/** The route that tells what was refused, and why. */
export function rejectionRoutes(): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/rejected-interactions',
      to: 'read-rejections',
      scopes: ['read', 'admin'],
      operation: {
        operationId: 'listRejectedInteractions',
        tags: ['Collect'],
        summary: 'Events that were refused, the latest first, with reason and place',
        description:
          'From the lake, which has them when they have landed, for 90 days. What they said is sealed: npm run recover opens it.',
        security: [{ writeKey: [] }],
        parameters: [
          query('days', 'How far back', { type: 'integer', minimum: 1, maximum: 90, default: 7 }),
          query('reason', 'Those of one reason'),
          query('touchpoint', 'Those of one touchpoint'),
          query('limit', 'Of a page', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
          query('cursor', 'nextCursor of the page before'),
        ],
        responses: {
          200: answers('What was refused, and why', Rejections),
          400: refusal('Malformed query'),
          ...denied,
          ...comeAgain,
        },
      },
    },
  ];
}
