import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** Parameter Store's errors that happen here, each with the HTTP status that it crosses the wire with. */
export const ssmError = serviceErrors({
  ParameterAlreadyExists: 400,
  ParameterNotFound: 400,
  ValidationException: 400,
});
