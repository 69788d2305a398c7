import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** Secrets Manager's errors that happen here, each with the HTTP status that it crosses the wire with. */
export const secretsManagerError = serviceErrors({
  ResourceNotFoundException: 400,
});
