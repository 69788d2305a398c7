import * as z from 'zod';
import { DispositionDetails } from '#domain/disposition/disposition-details.ts';
import { interactionTypes } from '#domain/interaction/interaction.ts';
import { Profile } from '#domain/profile/read-profile.ts';
import { Disposition } from '#domain/vocabulary/disposition.ts';
import { answers, comeAgain, denied, ofCustomer, refusal, slashedIdentifier } from './api-parts.ts';
import type { Operation, Route } from './route.ts';

const Customer = z.object({
  customerId: z.string(),
  personas: z.int(),
  ...Profile.shape,
  segments: z.array(z.string()).describe('Ids of the segments that the customer is in'),
});

const Timeline = z.object({
  customerId: z.string(),
  interactions: z.array(
    z.object({
      messageId: z.string(),
      occurredAt: z.string(),
      type: z.enum(interactionTypes),
      touchpoint: z.string(),
      event: z.string().optional(),
      purchase: z.object({ orderId: z.string().optional(), currency: z.string(), revenueMinor: z.int() }).optional(),
      disposition: z
        .object({
          decisionId: z.string(),
          treatmentId: z.string(),
          disposition: Disposition,
          ...DispositionDetails.shape,
        })
        .describe('Of a disposition: what it was of, and for 75 days the details that were told with it')
        .optional(),
      properties: z
        .record(z.string(), z.unknown())
        .describe('With include=properties: as the lake has them, without personal data; absent until it has landed')
        .optional(),
    }),
  ),
  decisions: z
    .array(
      z.object({
        decisionId: z.string(),
        occurredAt: z.string(),
        treatments: z.array(z.object({ treatmentId: z.string(), offerId: z.string(), channel: z.string() })),
      }),
    )
    .describe('With include=decisions: those of the page’s time that showed something, the latest first')
    .optional(),
  nextCursor: z.string().nullable(),
});

const timelinePage = [
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
  {
    name: 'include',
    in: 'query',
    schema: { type: 'string', pattern: '^(properties|decisions)(,(properties|decisions))?$' },
    description: 'properties, decisions or both: they ask the lake, which takes seconds',
  },
  { name: 'cursor', in: 'query', schema: { type: 'string' }, description: 'nextCursor of the page before' },
];

/** Routes that answer what is known of a customer. */
export function customerRoutes(): Route[] {
  const customer = { method: 'GET', to: 'read-customer', scopes: ['read'] } as const;
  const timeline = { method: 'GET', to: 'read-timeline', scopes: ['read'] } as const;
  return [
    ...ofCustomer('', customer, reads('readCustomer', Customer, 'A customer’s single view')),
    { ...customer, path: slashedIdentifier },
    ...ofCustomer(
      '/timeline',
      timeline,
      reads('readTimeline', Timeline, 'A customer’s interactions, newest first', timelinePage),
    ),
  ];
}

function reads(operationId: string, answer: z.ZodType, summary: string, query: readonly object[] = []) {
  return (named: readonly object[]): Operation => ({
    operationId,
    tags: ['Customers'],
    summary,
    security: [{ writeKey: [] }],
    parameters: [...named, ...query],
    responses: {
      200: answers(summary, answer),
      400: refusal('Can never succeed'),
      ...denied,
      404: refusal('No such customer'),
      ...comeAgain,
    },
  });
}
