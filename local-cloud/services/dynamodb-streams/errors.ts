import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** DynamoDB Streams' errors that happen here, each with the HTTP status that it crosses the wire with. */
export const streamsError = serviceErrors({
  ResourceNotFoundException: 400,
  ValidationException: 400,
});
