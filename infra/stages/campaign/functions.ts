import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { LoopFunction } from '#infra/constructs/loop-function.ts';
import { deciding } from '#infra/stages/decide/deciding.ts';
import { functionMaker, type StageProps } from '#infra/stages/stage.ts';

/** Before its state's 15 minutes are over: no other attempt begins beside one that still writes. */
const aTaskEnds = Duration.minutes(14);

/** The steps of a run, with all that they may touch. */
export function campaignSteps(stage: Construct, { config, data }: StageProps) {
  const { campaigns, catalogue, identityKey, lake } = data;
  const fn = functionMaker(stage, config);
  const decides = deciding({ config, data });
  const knowsRuns = (made: LoopFunction) => made.reads(campaigns, 'GetItem', 'Query').writes(campaigns, 'PutItem');
  const chooses = (made: LoopFunction) =>
    knowsRuns(decides(made).reads(campaigns, 'BatchGetItem'))
      .writes(campaigns, 'UpdateItem')
      .keys(identityKey)
      .keepsRunFiles(lake);
  return {
    prepareRun: chooses(
      fn('prepare-run', 'Prepares a run of a campaign', { timeout: Duration.seconds(30), memorySize: 1024 }),
    ),
    cutAudience: knowsRuns(
      fn('cut-audience', 'Cuts the audience of a run into chunks', { timeout: aTaskEnds, memorySize: 1769 }),
    ).keepsRunFiles(lake),
    appraiseBatch: chooses(
      fn('appraise-batch', 'Finds out what could be done about customers, and what it is worth', {
        timeout: Duration.seconds(60),
        memorySize: 1024,
      }),
    ),
    allocateRun: chooses(
      fn('allocate-run', 'Spends what is scarce where it earns most', {
        timeout: aTaskEnds,
        memorySize: 1769,
      }),
    ),
    contactBatch: chooses(
      fn('contact-batch', 'Reserves contacts of a run and writes them down', {
        timeout: Duration.seconds(90),
        memorySize: 1024,
      }),
    ),
    releaseRun: knowsRuns(fn('release-run', 'Lets a run send once all have chosen'))
      .writes(campaigns, 'DeleteItem')
      .reads(catalogue, 'GetItem', 'Query'),
    checkRun: fn('check-run', 'Looks what of a run is pending').reads(campaigns, 'GetItem', 'Query'),
    summariseRun: knowsRuns(
      fn('summarise-run', 'Closes a run with its accounts', { timeout: Duration.minutes(5), memorySize: 1024 }),
    )
      .writes(campaigns, 'UpdateItem', 'DeleteItem')
      .keepsRunFiles(lake),
  };
}
export type CampaignSteps = ReturnType<typeof campaignSteps>;

/** What begins, shows and changes runs. */
export function campaignFunctions(stage: Construct, { config, data }: StageProps) {
  const { bus, campaigns, catalogue, lake } = data;
  const fn = functionMaker(stage, config);
  return {
    startCampaignRun: fn('start-campaign-run', 'Begins a run of a campaign')
      .reads(campaigns, 'GetItem', 'Query')
      .writes(campaigns, 'PutItem', 'UpdateItem')
      .reads(catalogue, 'GetItem', 'Query'),
    readCampaignRuns: fn('read-campaign-runs', 'Answers what runs have done')
      .reads(campaigns, 'GetItem', 'BatchGetItem', 'Query')
      .reads(catalogue, 'GetItem', 'Query')
      .keepsRunFiles(lake),
    changeCampaignRun: fn('change-campaign-run', 'Pauses, resumes, cancels or redrives a run')
      .reads(campaigns, 'GetItem', 'Query')
      .writes(campaigns, 'PutItem', 'DeleteItem')
      .reads(catalogue, 'GetItem', 'Query'),
    beginRuns: fn('begin-runs', 'Begins the runs whose time has come, or whom entries into segments trigger', {
      timeout: Duration.seconds(60),
    })
      .reads(campaigns, 'GetItem', 'Query')
      .writes(campaigns, 'PutItem', 'UpdateItem')
      .reads(catalogue, 'GetItem', 'Query')
      .goesBy(config.timeZone),
    publishContacts: fn('publish-contacts', 'Tells the bus what became of runs and their customers', {
      timeout: Duration.seconds(30),
    }).publishes(bus),
  };
}
export type CampaignFunctions = ReturnType<typeof campaignFunctions>;
