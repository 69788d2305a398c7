import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** SQS's errors that happen here, each with the HTTP status that it crosses the wire with. */
export const sqsError = serviceErrors({
  InvalidParameterValue: 400,
  QueueDoesNotExist: 400,
  ReceiptHandleIsInvalid: 400,
});
