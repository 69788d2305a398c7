import type { IncomingMessage } from 'node:http';
import { ServiceError } from './service.ts';

/** Access key and service of a signed request, from the header or, when presigned, from the query. Throws {@link ServiceError}. */
export function credentialOf(request: IncomingMessage): { accessKeyId: string; scope: string } {
  const query = () => new URL(request.url ?? '/', 'http://local').searchParams.get('X-Amz-Credential');
  const credential = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1] ?? query() ?? '';
  const [accessKeyId = '', , , scope = ''] = credential.split('/');
  if (scope === '') throw new ServiceError('MissingAuthenticationToken', 'Missing Authentication Token', 403);
  return { accessKeyId, scope };
}
