import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** SES's errors that happen here, each with the HTTP status that it crosses the wire with. */
export const sesError = serviceErrors({
  BadRequestException: 400,
  NotFoundException: 404,
});
