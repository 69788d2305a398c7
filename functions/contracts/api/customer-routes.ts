import * as z from 'zod';
import { interactionTypes } from '#domain/interaction/interaction.ts';
import { Profile } from '#domain/profile/read-profile.ts';
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
    }),
  ),
  nextCursor: z.string().nullable(),
});

const timelinePage = [
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
  { name: 'cursor', in: 'query', schema: { type: 'string' }, description: 'nextCursor of the page before' },
];

/** Routes that answer what is known of a customer. */
export function customerRoutes(): Route[] {
  const customer = { method: 'GET', to: 'read-customer', scopes: ['read'] } as const;
  const timeline = { method: 'GET', to: 'read-timeline', scopes: ['read'] } as const;
  return [
    ...ofCustomer('', customer, reads(Customer, 'A customer’s single view')),
    { ...customer, path: slashedIdentifier },
    ...ofCustomer('/timeline', timeline, reads(Timeline, 'A customer’s interactions, newest first', timelinePage)),
  ];
}

function reads(answer: z.ZodType, summary: string, query: readonly object[] = []) {
  return (named: readonly object[]): Operation => ({
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
