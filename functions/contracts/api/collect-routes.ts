import * as z from 'zod';
import { rejectionReasons } from '#contracts/wire/rejection.ts';
import { SegmentEvent } from '#contracts/wire/segment-event.ts';
import { noteReasons } from '#domain/interaction/commerce.ts';
import { interactionTypes } from '#domain/interaction/interaction.ts';
import { answers, comeAgain, denied, jsonOf, refusal } from './api-parts.ts';
import type { Route } from './route.ts';

const CollectAnswer = z.object({
  success: z.boolean().describe('Whether every event was accepted'),
  accepted: z.int(),
  rejected: z.int(),
  results: z.array(
    z.object({
      index: z.int(),
      messageId: z.string().nullable(),
      status: z.enum(['accepted', 'rejected']),
      reason: z.enum(rejectionReasons).optional(),
      path: z.string().optional(),
      detail: z.string().optional(),
      notes: z
        .array(z.object({ reason: z.enum(noteReasons), path: z.string(), detail: z.string() }))
        .describe('What is accepted and counts for less than it seems')
        .optional(),
    }),
  ),
});

/** An event, as every call takes it: of a call that is named after its type, the path says it. */
const Event = SegmentEvent.partial({ type: true });

/** Everything of a batch but its events, which the document has in one place. */
const BatchRest = z.object({
  sentAt: z.string().describe('When it was sent, by the sender’s clock').optional(),
  context: z.record(z.string(), z.unknown()).describe('Of every event that has none of its own').optional(),
  integrations: z.record(z.string(), z.unknown()).optional(),
});

/** Schemas of what is sent, for the components of the document. */
export function collectSchemas() {
  const { properties, ...rest } = z.toJSONSchema(BatchRest, { io: 'input' });
  const typed = { allOf: [{ $ref: '#/components/schemas/Event' }, { type: 'object', required: ['type'] }] };
  return {
    Event: z.toJSONSchema(Event, { io: 'input' }),
    Batch: { ...rest, properties: { batch: { type: 'array', items: typed }, ...properties }, required: ['batch'] },
  };
}

const eventExample = {
  userId: 'u1',
  messageId: 'm1',
  event: 'Order Completed',
  properties: { order_id: 'o1', revenue: 9.99, currency: 'EUR' },
};
const examples = { Event: eventExample, Batch: { batch: [{ type: 'track', ...eventExample }] } };

/** Whoever has a page's key, or none, can flood what collects: each of these routes leaves two fifths of the stage's rate to others. */
const atMost = 0.6;

/** Routes that take what touchpoints tell: the calls of the Segment HTTP API with their short forms. */
export function collectRoutes(): Route[] {
  const calls = interactionTypes.flatMap((type) => [type, type.charAt(0)]);
  const takes = (call: string, body: keyof typeof examples, summary: string): Route => ({
    method: 'POST',
    path: `/v1/${call}`,
    to: 'collect-interactions',
    openBecause: 'The function checks the key itself: a beacon has it in its body, which no authorizer sees.',
    atMost,
    operation: {
      operationId: call,
      tags: ['Collect'],
      summary,
      security: [{ writeKey: [] }, { writeKeyHeader: [] }],
      requestBody: {
        required: true,
        content: { 'application/json': { ...jsonOf(body)['application/json'], example: examples[body] } },
      },
      responses: {
        200: answers('What became of each event', CollectAnswer),
        400: refusal('Can never succeed'),
        ...denied,
        ...comeAgain,
      },
    },
  });
  return [
    ...calls.map((call) => takes(call, 'Event', 'Takes one call of the Segment spec')),
    takes('batch', 'Batch', 'Takes a batch of Segment calls, up to 500 KB'),
    takes('b', 'Batch', 'Takes a batch of Segment calls, up to 500 KB'),
  ];
}

/** Where SDKs go besides: they load their settings, end paths with slashes, which routes may not have, and call what events take no part in. */
export function sdkRoutes(): Route[] {
  const route = { to: 'collect-interactions', atMost } as const;
  const openBecause = 'What SDKs call besides has its key in query, header or body, which the function checks itself.';
  return [
    {
      ...route,
      method: 'GET',
      path: '/v1/projects/{writeKey}/settings',
      openBecause:
        'Browsers load it before all else; the write key in its path is what it takes and all that it tells.',
    },
    { ...route, method: 'POST', path: '/{path+}', openBecause },
    { ...route, method: 'GET', path: '/{path+}', openBecause },
  ];
}
