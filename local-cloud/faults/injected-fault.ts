import { ServiceError } from '#local-cloud/cloud/service.ts';

/** An error that is there on purpose, so that it needs no line in the log. */
export class InjectedFault extends ServiceError {}

/** The answer never came: over the wire the connection ends, in process the caller gets this. */
export class ConnectionLost extends InjectedFault {
  constructor() {
    super('RequestTimeout', 'The connection ended before the answer came.', 504);
  }
}

/** The name and status with which each service throttles, from its API reference. */
const throttles: Readonly<Record<string, readonly [code: string, status: number]>> = {
  athena: ['TooManyRequestsException', 400],
  apigateway: ['TooManyRequestsException', 429],
  firehose: ['ServiceUnavailableException', 503],
  lambda: ['TooManyRequestsException', 429],
  s3: ['SlowDown', 503],
  sqs: ['RequestThrottled', 400],
};

const serverErrors: Readonly<Record<string, readonly [code: string, status: number]>> = {
  athena: ['InternalServerException', 500],
  dynamodb: ['InternalServerError', 500],
  'dynamodb-streams': ['InternalServerError', 500],
  events: ['InternalException', 500],
  firehose: ['InternalFailure', 500],
  glue: ['InternalServiceException', 500],
  lambda: ['ServiceException', 500],
  s3: ['InternalError', 500],
  secretsmanager: ['InternalServiceError', 500],
};

/** The service's throttling error. */
export function throttled(service: string): InjectedFault {
  const [code, status] = throttles[service] ?? ['ThrottlingException', 400];
  return new InjectedFault(code, 'Rate exceeded', status);
}

/** The service's internal error. */
export function serverError(service: string): InjectedFault {
  const [code, status] = serverErrors[service] ?? ['InternalFailure', 500];
  return new InjectedFault(code, 'The request processing has failed because of an unknown error.', status);
}
