import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** Athena's errors that happen here, each with the HTTP status that it crosses the wire with. */
export const athenaError = serviceErrors({
  InvalidRequestException: 400,
});
