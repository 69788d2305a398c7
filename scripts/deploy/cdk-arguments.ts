import { parseArgs } from 'node:util';

/** What a command on a stage was given: the stage, the AWS profile if one is named, and what CDK's command line gets of it. */
export interface CdkArguments {
  readonly stage: string;
  readonly profile: string | undefined;
  /** All but the stage, which CDK reads from its context. */
  readonly passedOn: readonly string[];
}

/** Reads `--stage NAME [options of cdk]`; the stage is dev unless it is named. */
export function cdkArguments(args: readonly string[]): CdkArguments {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: { stage: { type: 'string', default: 'dev' }, profile: { type: 'string' } },
    strict: false,
    tokens: true,
  });
  const isOfStage = (index: number) =>
    tokens.some(
      (token) =>
        token.kind === 'option' &&
        token.name === 'stage' &&
        (index === token.index || (token.inlineValue === false && index === token.index + 1)),
    );
  return {
    stage: String(values.stage),
    profile: typeof values.profile === 'string' ? values.profile : undefined,
    passedOn: args.filter((_, index) => !isOfStage(index)),
  };
}
