import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { DeadLetterQueue } from '#infra/constructs/dead-letter-queue.ts';
import { tell } from '#infra/constructs/tell.ts';
import { CatalogueStage } from '#infra/stages/catalogue/catalogue-stage.ts';
import { CollectStage } from '#infra/stages/collect/collect-stage.ts';
import { DecideStage } from '#infra/stages/decide/decide-stage.ts';
import { LandStage } from '#infra/stages/land/land-stage.ts';
import { LearnStage } from '#infra/stages/learn/learn-stage.ts';
import { ProfileStage } from '#infra/stages/profile/profile-stage.ts';
import { RespondStage } from '#infra/stages/respond/respond-stage.ts';
import { SegmentsStage } from '#infra/stages/segments/segments-stage.ts';
import { SendStage } from '#infra/stages/send/send-stage.ts';
import type { StageProps, WatchedStage } from '#infra/stages/stage.ts';

/** What runs: the stages of the loop in its order. */
export class LoopStack extends Stack {
  readonly stages: readonly WatchedStage[];
  readonly collect: CollectStage;
  readonly profile: ProfileStage;
  readonly catalogue: CatalogueStage;
  readonly decide: DecideStage;
  readonly respond: RespondStage;
  readonly send: SendStage;

  constructor(scope: Construct, id: string, { config, data, ...props }: StackProps & StageProps) {
    super(scope, id, props);
    const made = { config, data };
    this.collect = new CollectStage(this, made);
    const land = new LandStage(this, made);
    this.profile = new ProfileStage(this, made);
    const segments = new SegmentsStage(this, made);
    this.catalogue = new CatalogueStage(this, made);
    this.decide = new DecideStage(this, made);
    this.respond = new RespondStage(this, made);
    const learn = new LearnStage(this, made);
    this.send = new SendStage(this, made);
    this.stages = [
      this.collect,
      land,
      this.profile,
      segments,
      this.catalogue,
      this.decide,
      this.respond,
      learn,
      this.send,
    ];
    tell(this, {
      // What API Gateway would cost for each decision, touchpoints that can sign save.
      DecisionsUrl: this.decide.functions.makeDecision.urlForSigned(),
      DecideBatchFunctionName: this.decide.functions.decideBatch.functionName,
      ...DeadLetterQueue.outputsOf(this),
    });
  }
}
