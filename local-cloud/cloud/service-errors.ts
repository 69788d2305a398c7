import { ServiceError } from './service.ts';

/** What makes the errors of one service: codes are those of its API reference, each with its HTTP status. */
export function serviceErrors<Code extends string>(statuses: Readonly<Record<Code, number>>) {
  return (code: Code, message: string, details: Readonly<Record<string, unknown>> = {}): ServiceError =>
    new ServiceError(code, message, statuses[code], details);
}
