import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** STS's errors that happen here, each with the HTTP status that it crosses the wire with. */
export const stsError = serviceErrors({
  InvalidAuthorizationMessageException: 400,
});
