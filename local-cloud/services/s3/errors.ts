import { inputReader } from '#local-cloud/cloud/input-reader.ts';
import { serviceErrors } from '#local-cloud/cloud/service-errors.ts';

/** S3's errors that happen here, each with the HTTP status that it crosses the wire with. */
export const s3Error = serviceErrors({
  BadDigest: 400,
  EntityTooLarge: 400,
  IncompleteBody: 400,
  InvalidArgument: 400,
  InvalidRange: 416,
  InvalidURI: 400,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
});

/** Reads the input of an operation. */
export const readInput = inputReader((faults) => s3Error('InvalidArgument', faults));
