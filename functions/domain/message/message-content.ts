import * as z from 'zod';
import type { Carrier } from '#domain/channel/carrier.ts';

const template = z.string().min(1);

const Email = z
  .looseObject({ subject: template, html: template.optional(), text: template.optional() })
  .refine(({ html, text }) => html !== undefined || text !== undefined, 'Expected html or text');

/** What a treatment's content must have to be sent by a carrier; each text is a template. What else is there is for touchpoints. */
export const messageContents = {
  email: Email,
  sms: z.looseObject({ text: template }),
  push: z.looseObject({ title: template, text: template, url: template.optional() }),
  webhook: z.looseObject({
    webhook: z.looseObject({
      url: z.url({ protocol: /^https$/ }),
      body: z.record(z.string(), z.unknown()).default({}),
    }),
  }),
  'call-list': z.looseObject({
    // It is the name of a folder.
    desk: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
      .default('desk'),
    script: template,
    fields: z.record(z.string().min(1).max(64), template).default({}),
  }),
  inbound: z.record(z.string(), z.unknown()),
} as const satisfies Record<Carrier, z.ZodType>;
