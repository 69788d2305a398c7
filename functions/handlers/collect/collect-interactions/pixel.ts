import type { HttpAnswer, HttpRequest } from '#runtime/http/http.ts';

/** A request of the pixel as the call that it stands for: its event is in the query, as JSON in base64. */
export function callOfPixel(request: HttpRequest): HttpRequest {
  // A plus that was not encoded comes as a blank.
  const data = (request.queryStringParameters?.data ?? '').replaceAll(' ', '+');
  return { ...request, body: data, isBase64Encoded: true };
}

/** A transparent GIF of one pixel, which no cache keeps: it stands for an event. */
export const pixel: HttpAnswer = {
  statusCode: 200,
  headers: { 'content-type': 'image/gif', 'cache-control': 'no-store' },
  body: 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
  isBase64Encoded: true,
};
