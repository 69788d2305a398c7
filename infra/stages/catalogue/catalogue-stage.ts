import { Construct } from 'constructs';
import type { Alarms, StageProps, WatchedStage } from '#infra/stages/stage.ts';
import { type CatalogueFunctions, catalogueFunctions } from './functions.ts';

/** Keeps what is offered. */
export class CatalogueStage extends Construct implements WatchedStage {
  readonly functions: CatalogueFunctions;
  readonly alarms: Alarms = {};
  readonly widgets = [];

  constructor(scope: Construct, props: StageProps) {
    super(scope, 'catalogue');
    this.functions = catalogueFunctions(this, props);
  }
}
