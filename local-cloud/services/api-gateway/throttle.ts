import * as z from 'zod';

/** How many requests a second, and how many at once, a route takes. */
export const throttleSettings = z.strictObject({
  ThrottlingRateLimit: z.coerce.number().positive(),
  ThrottlingBurstLimit: z.coerce.number().int().min(0),
});
export type ThrottleSettings = z.infer<typeof throttleSettings>;

/**
 * API Gateway's token buckets: one for each route that has settings of its own, one for all the others together. Gives whether a
 * request is taken: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export function createThrottle(
  ofStage: ThrottleSettings | undefined,
  ofRoutes: Readonly<Record<string, ThrottleSettings>>,
  now: () => number,
): (routeKey: string) => boolean {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return (routeKey) => {
    const own = Object.hasOwn(ofRoutes, routeKey) ? ofRoutes[routeKey] : undefined;
    const settings = own ?? ofStage;
    if (settings === undefined) return true;
    const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = settings;
    const bucketKey = own === undefined ? '' : routeKey;
    const nowMs = now();
    const { tokens, atMs } = buckets.get(bucketKey) ?? { tokens: burst, atMs: nowMs };
    const left = Math.min(burst, tokens + (Math.max(0, nowMs - atMs) * rate) / 1000);
    const isTaken = left >= 1;
    buckets.set(bucketKey, { tokens: isTaken ? left - 1 : left, atMs: Math.max(atMs, nowMs) });
    return isTaken;
  };
}
