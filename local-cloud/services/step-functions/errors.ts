import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** Step Functions' errors that happen here, each with the HTTP status that it crosses the wire with. */
export const stepFunctionsError = serviceErrors({
  ExecutionAlreadyExists: 400,
  ExecutionDoesNotExist: 400,
  ExecutionNotRedrivable: 400,
  InvalidArn: 400,
  InvalidDefinition: 400,
  InvalidExecutionInput: 400,
  InvalidName: 400,
  InvalidOutput: 400,
  InvalidToken: 400,
  ResourceNotFound: 400,
  StateMachineDoesNotExist: 400,
  TaskDoesNotExist: 400,
  TaskTimedOut: 400,
  ValidationException: 400,
});
