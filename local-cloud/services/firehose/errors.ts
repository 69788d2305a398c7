import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** Firehose's errors that happen here, each with the HTTP status that it crosses the wire with. */
export const firehoseError = serviceErrors({
  InvalidArgumentException: 400,
  ResourceNotFoundException: 400,
});
