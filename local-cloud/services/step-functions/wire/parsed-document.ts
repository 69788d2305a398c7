import { stepFunctionsError } from '#local-cloud/services/step-functions/errors.ts';

/** 256 KiB: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const maximumBytes = 262_144;

/** What a JSON text in a request holds. Throws the error of this code when it is none, or too large. */
export function parsedDocument(text: string, code: 'InvalidExecutionInput' | 'InvalidOutput', what: string): unknown {
  if (Buffer.byteLength(text) > maximumBytes) {
    throw stepFunctionsError(code, `${what}: 'it is larger than ${maximumBytes} bytes'`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw stepFunctionsError(code, `${what}: '${error instanceof Error ? error.message : String(error)}'`);
  }
}
