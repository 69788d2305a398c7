import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** Lambda's errors that happen here, each with the HTTP status that it crosses the wire with. */
export const lambdaError = serviceErrors({
  InvalidParameterValueException: 400,
  RequestTooLargeException: 413,
  ResourceNotFoundException: 404,
});
