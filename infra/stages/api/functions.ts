import type { Construct } from 'constructs';
import { functionMaker, type StageProps } from '#infra/stages/stage.ts';

/** The functions of the stage with all that they may touch. */
export function apiFunctions(stage: Construct, { config, data }: StageProps) {
  const { credentials } = data;
  const fn = functionMaker(stage, config);
  return {
    authorizeTouchpoint: fn('authorize-touchpoint', 'Says whose credential a request carries').reads(
      credentials,
      'GetItem',
    ),

    describeApi: fn('describe-api', 'Answers the OpenAPI description'),
  };
}
export type ApiFunctions = ReturnType<typeof apiFunctions>;
