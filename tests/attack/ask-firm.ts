import type * as z from 'zod';
import { basicAuth } from '#scripts/target/basic-auth.ts';

/** The firm's own access to its API. */
export interface FirmAccess {
  readonly url: string;
  readonly adminKey: string;
}

/** Asks the API as the firm, a GET without a body and a POST with one. Throws an Error when it refuses, a ZodError for another answer. */
export async function askFirm<Schema extends z.ZodType>(
  schema: Schema,
  { url, adminKey }: FirmAccess,
  path: string,
  body?: unknown,
): Promise<z.output<Schema>> {
  const response = await fetch(`${url}${path}`, {
    headers: { 'content-type': 'application/json', authorization: basicAuth(adminKey) },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return schema.parse(await response.json());
}
