import * as z from 'zod';
import { carriers } from '#domain/channel/carrier.ts';
import { ItemId } from '#domain/vocabulary/item-id.ts';
import { answers, comeAgain, denied, json, refusal, regionInQuery } from './api-parts.ts';
import type { Route } from './route.ts';

/** Whether all sending is to stop. */
export const SendingChange = z.strictObject({ stopped: z.boolean().describe('Whether nothing is sent any more') });

const SendingAnswer = z.object({
  stopped: z.boolean(),
  changedAt: z.iso.datetime().optional().describe('Since when; absent when it was never thrown'),
  changedBy: z.string().optional().describe('Id of the credential that threw it'),
});

/** A message to look at. */
export const TestSend = z.strictObject({
  treatmentId: ItemId.describe('The treatment, a draft too'),
  customer: z.string().min(3).max(512).describe('As whom: user_id:ada, email:ada@example.com …'),
  to: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe('Where it goes, instead of to the customer: an e-mail address, a number or a device token'),
  dryRun: z.boolean().default(false).describe('Only shows it, and sends nothing'),
});

const TestSendAnswer = z.object({
  status: z.enum(['sent', 'rendered', 'faulty', 'refused']).describe('What became of it'),
  carrier: z.enum(carriers).describe('What carries it'),
  providerId: z.string().optional().describe('What the provider calls it'),
  reason: z.string().optional().describe('Why it was refused'),
  missing: z.array(z.string()).optional().describe('Tokens that the customer has nothing for, by name'),
  faults: z.array(z.string()).optional().describe('All that is wrong, in words'),
  message: z.record(z.string(), z.unknown()).optional().describe('The message, with every token filled'),
});

const security = [{ writeKey: [] }, { writeKeyHeader: [] }];
const sending = { path: '/v1/sending', to: 'change-sending', scopes: ['admin'] } as const;

/** Routes about what is sent: the switch that stops all of it, tests, and the way out for who gets it. */
export function sendingRoutes(): Route[] {
  const unsubscribing = {
    path: '/v1/unsubscribe/{token}',
    to: 'unsubscribe',
    openBecause: 'Who follows a link of a mail has no key: its token is signed, and says who unsubscribes from what.',
  } as const;
  return [
    {
      ...sending,
      method: 'GET',
      operation: {
        operationId: 'readSending',
        tags: ['Send'],
        summary: 'Tells whether sending is stopped; needs the scope admin',
        security,
        responses: { 200: answers('The switch', SendingAnswer), ...denied, ...comeAgain },
      },
    },
    {
      ...sending,
      method: 'PUT',
      operation: {
        operationId: 'changeSending',
        tags: ['Send'],
        summary: 'Stops all sending, or lets it go on; needs the scope admin',
        description: 'Every channel obeys within five seconds. What waits goes out later, unless it expires.',
        security,
        requestBody: { required: true, content: json(SendingChange, 'input', { stopped: true }) },
        responses: {
          200: answers('The switch', SendingAnswer),
          400: refusal('Not understood'),
          ...denied,
          ...comeAgain,
        },
      },
    },
    {
      method: 'POST',
      path: '/v1/test-sends',
      to: 'test-send',
      scopes: ['catalogue', 'admin'],
      operation: {
        operationId: 'testSend',
        tags: ['Send'],
        summary: 'Sends a treatment as to a customer, to look at; needs the scope catalogue or admin',
        description:
          'Every token is filled from the customer’s profile; what is missing is named. It counts for no cap, no budget, no statistics and no model, and asks neither consent nor quiet hours: so it goes to an address of your own, or is only shown.',
        security,
        parameters: [regionInQuery],
        requestBody: {
          required: true,
          content: json(TestSend, 'input', { treatmentId: 'tv-mail', customer: 'user_id:u1', to: 'me@example.com' }),
        },
        responses: {
          200: answers('What became of it', TestSendAnswer),
          400: refusal('Not understood'),
          ...denied,
          404: refusal('No such treatment or customer'),
          ...comeAgain,
        },
      },
    },
    // Pages for people and their mail programs, which no client is made for.
    { ...unsubscribing, method: 'GET' },
    { ...unsubscribing, method: 'POST' },
  ];
}
