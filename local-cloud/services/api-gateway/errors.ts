import { plainAnswer } from './answer.ts';

/** What an HTTP API itself answers when no function does. */
export const apiErrors = {
  unidentified: plainAnswer(401, 'Unauthorized'),
  denied: plainAnswer(403, 'Forbidden'),
  unknown: plainAnswer(404, 'Not Found'),
  /** More than the API takes. */
  tooLarge: plainAnswer(413, 'Request Entity Too Large'),
  /** More than an invocation takes. */
  tooLong: plainAnswer(413, 'Request Too Long'),
  throttled: plainAnswer(429, 'Too Many Requests'),
  failed: plainAnswer(500, 'Internal Server Error'),
  /** The function takes longer than the API waits. */
  late: plainAnswer(503, 'Service Unavailable'),
} as const;
