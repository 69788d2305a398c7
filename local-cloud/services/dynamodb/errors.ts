import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** DynamoDB's errors that happen here, each with the HTTP status that it crosses the wire with. */
export const dynamoDbError = serviceErrors({
  IdempotentParameterMismatchException: 400,
  ResourceNotFoundException: 400,
  SerializationException: 400,
  TransactionCanceledException: 400,
  ValidationException: 400,
});
