import { randomUUID } from 'node:crypto';
import { ServiceError } from '#local-cloud/cloud/service.ts';
import { ConnectionLost } from '#local-cloud/faults/injected-fault.ts';
import { StateError } from '#local-cloud/services/step-functions/engine/state-error.ts';

/**
 * A service's refusal as a task fails by it: `Lambda.TooManyRequestsException`. Errors that the service's API does not name have the
 * service's own: `Lambda.AWSLambdaException`, which is what AWS's SDK for Java calls them; a lost connection is `SdkClientException`.
 */
export function serviceFailure(error: unknown, prefix: string, service = prefix): unknown {
  if (!(error instanceof ServiceError)) return error;
  if (error instanceof ConnectionLost) return new StateError(`${prefix}.SdkClientException`, error.message);
  const { code, message, status } = error;
  const isOfAll = code === 'AccessDeniedException' && prefix === 'Lambda';
  const name = isOfAll ? `AWS${service}Exception` : /(Exception|Error)$/.test(code) ? code : `${code}Exception`;
  const shownStatus = code === 'AccessDeniedException' ? 403 : status;
  const detail = `(Service: ${service}, Status Code: ${shownStatus}, Request ID: ${randomUUID()})`;
  return new StateError(`${prefix}.${name}`, `${message} ${detail}`);
}
