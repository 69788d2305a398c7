import { Construct } from 'constructs';
import type { DashboardRow } from '#infra/constructs/loop-dashboard.ts';
import { TouchpointApi } from '#infra/constructs/touchpoint-api.ts';
import type { Alarms, StageProps, WatchedStage } from '#infra/stages/stage.ts';
import { apiAlarms } from './alarms.ts';
import { type ApiFunctions, apiFunctions } from './functions.ts';
import { addTouchpointRoutes, type FunctionsBehindApi } from './routes.ts';
import { apiWidgets } from './widgets.ts';

export interface ApiStageProps extends StageProps {
  readonly behind: FunctionsBehindApi;
}

/** Where touchpoints call: the API with every route, who may call it, and its description. */
export class ApiStage extends Construct implements WatchedStage {
  readonly functions: ApiFunctions;
  readonly api: TouchpointApi;
  readonly alarms: Alarms;
  readonly widgets: readonly DashboardRow[];

  constructor(scope: Construct, { behind, ...props }: ApiStageProps) {
    super(scope, 'api');
    this.functions = apiFunctions(this, props);
    this.api = new TouchpointApi(this, 'api', {
      authorizer: this.functions.authorizeTouchpoint,
      config: props.config,
    });
    addTouchpointRoutes(this.api, { ...behind, ...this.functions });
    this.alarms = apiAlarms(this);
    this.widgets = apiWidgets(this);
  }
}
