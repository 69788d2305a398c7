import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** EventBridge's errors that happen here, each with the HTTP status that it crosses the wire with. */
export const eventBridgeError = serviceErrors({
  ResourceAlreadyExistsException: 400,
  ResourceNotFoundException: 400,
  ValidationException: 400,
});
