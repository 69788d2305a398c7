import * as z from 'zod';
import { rejectionReasons } from '#contracts/wire/rejection.ts';
import { SegmentEvent } from '#contracts/wire/segment-event.ts';
import { noteReasons } from '#domain/interaction/commerce.ts';
import { interactionTypes } from '#domain/interaction/interaction.ts';
import { Profile } from '#domain/profile/read-profile.ts';
import { answers, denied, json, ofCustomer, refusal, tooMany } from './api-parts.ts';
import { cataloguePaths, catalogueSchemas } from './catalogue-paths.ts';
import { consentPaths } from './consent-paths.ts';
import { decisionPaths } from './decision-paths.ts';
import { identityPaths } from './identity-paths.ts';

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

const Batch = z.object({
  batch: z.array(SegmentEvent),
  sentAt: z.string().optional(),
  context: z.record(z.string(), z.unknown()).optional(),
  integrations: z.record(z.string(), z.unknown()).optional(),
});

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

/** The API as an OpenAPI 3.1 document, made from the schemas that validate. */
export function openApi() {
  const calls = interactionTypes.flatMap((type) => [type, type.charAt(0)]);
  const refusals = { 400: refusal('Can never succeed'), ...denied };
  const collects = (body: z.ZodType, summary: string) => ({
    post: {
      summary,
      security: [{ writeKey: [] }, { writeKeyHeader: [] }],
      requestBody: { required: true, content: json(body, 'input') },
      responses: {
        200: answers('What became of each event', CollectAnswer),
        ...refusals,
        ...tooMany,
        503: refusal('Send it again'),
      },
    },
  });
  const reads =
    (answer: z.ZodType, summary: string, query: readonly object[] = []) =>
    (named: readonly object[]) => ({
      get: {
        summary,
        security: [{ writeKey: [] }],
        parameters: [...named, ...query],
        responses: { 200: answers(summary, answer), ...refusals, 404: refusal('No such customer') },
      },
    });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lemniscate',
      version: '1.0.0',
      description: 'Customer interactions in; one live profile, and the next best treatment, out.',
    },
    paths: {
      ...Object.fromEntries(
        calls.map((call) => [
          `/v1/${call}`,
          collects(SegmentEvent.partial({ type: true }), 'Takes one call of the Segment spec'),
        ]),
      ),
      '/v1/batch': collects(Batch, 'Takes a batch of Segment calls, up to 500 KB'),
      '/v1/b': collects(Batch, 'Takes a batch of Segment calls, up to 500 KB'),
      ...ofCustomer('', reads(Customer, 'A customer’s single view')),
      ...ofCustomer(
        '/timeline',
        reads(Timeline, 'A customer’s interactions, newest first', [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
          { name: 'cursor', in: 'query', schema: { type: 'string' }, description: 'nextCursor of the page before' },
        ]),
      ),
      ...identityPaths(),
      ...consentPaths(),
      ...decisionPaths(),
      ...cataloguePaths(),
    },
    components: {
      schemas: catalogueSchemas(),
      securitySchemes: {
        writeKey: { type: 'http', scheme: 'basic', description: 'The key as user, no password' },
        writeKeyHeader: { type: 'apiKey', in: 'header', name: 'X-Write-Key' },
      },
    },
  };
}
