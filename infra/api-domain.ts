import * as z from 'zod';

/** A domain name for the API and the certificate that lets API Gateway answer there. */
export const ApiDomain = z.strictObject({
  name: z
    .string()
    .max(253)
    .regex(
      /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+$/,
      'A domain has a name such as loop.example.com, in lower case, without scheme or path',
    ),
  certificateArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
      'A certificate is named by its ARN in ACM: arn:aws:acm:REGION:ACCOUNT:certificate/ID',
    ),
});
export type ApiDomain = z.infer<typeof ApiDomain>;
