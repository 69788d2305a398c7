import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** Errors of AWS End User Messaging SMS that happen here, each with the HTTP status that it crosses the wire with. */
export const smsVoiceError = serviceErrors({
  ValidationException: 400,
});
