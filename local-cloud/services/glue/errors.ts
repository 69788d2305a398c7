import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** Glue's errors that happen here, each with the HTTP status that it crosses the wire with. */
export const glueError = serviceErrors({
  AlreadyExistsException: 400,
  EntityNotFoundException: 400,
});
