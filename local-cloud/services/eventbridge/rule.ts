import * as z from 'zod';
import { compilePattern, type Matches } from './pattern.ts';
import { compileSchedule, type Schedule } from './schedule.ts';

const target = z.object({
  Id: z.string(),
  Arn: z.string(),
  RoleArn: z.string().optional(),
  DeadLetterConfig: z.object({ Arn: z.string() }).optional(),
  RetryPolicy: z
    .object({
      // The service's defaults: 185 attempts, 24 hours.
      MaximumRetryAttempts: z.coerce.number().default(185),
      MaximumEventAgeInSeconds: z.coerce.number().default(86_400),
    })
    .prefault({}),
});
export type Target = z.infer<typeof target>;

const ruleProperties = z.object({
  Name: z.string().optional(),
  EventBusName: z.string().default('default'),
  EventPattern: z.unknown().optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(target).default([]),
});

/** One enabled or disabled rule of a bus. */
export interface Rule {
  readonly arn: string;
  readonly busName: string;
  readonly enabled: boolean;
  readonly matches: Matches;
  /** When it fires by itself. */
  readonly schedule: Schedule | undefined;
  readonly targets: readonly Target[];
}

/** Properties of AWS::Events::Rule that are honoured; a rule that changes its input for a target is refused. */
export const rulePropertyPaths: readonly string[] = [
  'Description',
  'EventBusName',
  'EventPattern',
  'Name',
  'ScheduleExpression',
  'State',
  ...['Id', 'Arn', 'RoleArn', 'DeadLetterConfig.Arn'].map((name) => `Targets.${name}`),
  ...['MaximumRetryAttempts', 'MaximumEventAgeInSeconds'].map((name) => `Targets.RetryPolicy.${name}`),
];

/** Reads a rule from its resolved template properties. */
export function readRule(properties: unknown, fallbackName: string, place: { region: string; account: string }): Rule {
  const { Name, EventBusName, EventPattern, ScheduleExpression, State, Targets } = ruleProperties.parse(properties);
  const busName = EventBusName.split('/').at(-1) ?? EventBusName;
  const name = Name ?? fallbackName;
  return {
    // Rules of the default bus are named without it.
    arn: `arn:aws:events:${place.region}:${place.account}:rule/${busName === 'default' ? '' : `${busName}/`}${name}`,
    busName,
    enabled: State === 'ENABLED',
    matches: EventPattern === undefined ? () => false : compilePattern(EventPattern),
    schedule: ScheduleExpression === undefined ? undefined : compileSchedule(ScheduleExpression),
    targets: Targets,
  };
}
