import * as z from 'zod';

/** `CorsConfiguration` of AWS::ApiGatewayV2::Api. */
export const corsConfiguration = z.object({
  AllowOrigins: z.array(z.string()).default([]),
  AllowMethods: z.array(z.string()).default([]),
  AllowHeaders: z.array(z.string()).default([]),
  ExposeHeaders: z.array(z.string()).default([]),
  AllowCredentials: z.coerce.boolean().default(false),
  MaxAge: z.coerce.number().optional(),
});
export type CorsConfiguration = z.infer<typeof corsConfiguration>;

/** Headers that the gateway adds to an answer for a page of another origin; they replace the integration's own. */
export function corsHeaders(cors: CorsConfiguration, origin: string | undefined): Readonly<Record<string, string>> {
  if (origin === undefined) return {};
  const any = cors.AllowOrigins.includes('*');
  if (!any && !cors.AllowOrigins.includes(origin)) return {};
  return {
    'access-control-allow-origin': any ? '*' : origin,
    ...(cors.ExposeHeaders.length > 0 ? { 'access-control-expose-headers': cors.ExposeHeaders.join(',') } : {}),
    ...(cors.AllowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...(any ? {} : { vary: 'origin' }),
  };
}

/** Headers of the answer to a browser's question whether it may call. */
export function preflightHeaders(
  cors: CorsConfiguration,
  origin: string | undefined,
): Readonly<Record<string, string>> {
  const headers = corsHeaders(cors, origin);
  if (Object.keys(headers).length === 0) return {};
  return {
    ...headers,
    'access-control-allow-methods': cors.AllowMethods.join(','),
    'access-control-allow-headers': cors.AllowHeaders.join(','),
    ...(cors.MaxAge === undefined ? {} : { 'access-control-max-age': String(cors.MaxAge) }),
  };
}
