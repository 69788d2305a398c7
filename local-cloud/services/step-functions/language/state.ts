import * as z from 'zod';

/** A JSONata expression as the states language writes it: `{% … %}`, without spaces around it. */
const expression = z.string().regex(/^\{%[\s\S]*%\}$/, 'expected a number or a JSONata expression');
const wholeNumber = (least: number, most = 99_999_999) => z.union([z.int().min(least).max(most), expression]);
const template = z.unknown().optional();
const assignment = z.record(z.string(), z.unknown()).optional();

const common = {
  Comment: z.string().optional(),
  QueryLanguage: z.enum(['JSONata', 'JSONPath']).optional(),
};
const transition = { Next: z.string().optional(), End: z.boolean().optional() };

const retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(z.string()).min(1),
  IntervalSeconds: z.int().min(1).max(99_999_999).default(1),
  MaxAttempts: z.int().min(0).max(99_999_999).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
});
export type Retrier = z.infer<typeof retrier>;

const catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(z.string()).min(1),
  Output: template,
  Assign: assignment,
  Next: z.string(),
});
export type Catcher = z.infer<typeof catcher>;

const recovery = { Retry: z.array(retrier).default([]), Catch: z.array(catcher).default([]) };
const result = { Output: template, Assign: assignment };

/** States that begin at one of them. */
export interface Flow {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}
const flow: z.ZodType<Flow> = z.lazy(() =>
  z.strictObject({ Comment: z.string().optional(), StartAt: z.string(), States: z.record(z.string(), state) }),
);

const pass = z.strictObject({ Type: z.literal('Pass'), ...common, ...transition, ...result });
const succeed = z.strictObject({ Type: z.literal('Succeed'), ...common, Output: template });
const fail = z.strictObject({
  Type: z.literal('Fail'),
  ...common,
  Error: z.string().optional(),
  Cause: z.string().optional(),
});
const wait = z.strictObject({
  Type: z.literal('Wait'),
  ...common,
  ...transition,
  ...result,
  Seconds: wholeNumber(0).optional(),
  Timestamp: z.string().optional(),
});
const choice = z.strictObject({
  Type: z.literal('Choice'),
  ...common,
  ...result,
  Choices: z
    .array(
      z.strictObject({
        Comment: z.string().optional(),
        Condition: z.union([z.boolean(), expression]),
        Next: z.string(),
        ...result,
      }),
    )
    .min(1),
  Default: z.string().optional(),
});
const task = z.strictObject({
  Type: z.literal('Task'),
  ...common,
  ...transition,
  ...result,
  ...recovery,
  Resource: z.string(),
  Arguments: template,
  TimeoutSeconds: wholeNumber(1).optional(),
  HeartbeatSeconds: wholeNumber(1).optional(),
});
const parallel = z.strictObject({
  Type: z.literal('Parallel'),
  ...common,
  ...transition,
  ...result,
  ...recovery,
  Arguments: template,
  Branches: z.array(flow).min(1),
});

const itemReader = z.strictObject({
  Resource: z.enum(['arn:aws:states:::s3:getObject', 'arn:aws:states:::s3:listObjectsV2']),
  ReaderConfig: z
    .strictObject({
      InputType: z.enum(['CSV', 'JSON', 'JSONL']).optional(),
      CSVHeaderLocation: z.enum(['FIRST_ROW', 'GIVEN']).optional(),
      CSVHeaders: z.union([z.array(z.string()), expression]).optional(),
      CSVDelimiter: z.enum(['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB']).default('COMMA'),
      MaxItems: wholeNumber(0, 100_000_000).optional(),
    })
    .prefault({}),
  Arguments: template,
});
const itemBatcher = z.strictObject({
  MaxItemsPerBatch: wholeNumber(1).optional(),
  MaxInputBytesPerBatch: wholeNumber(1, 262_144).optional(),
  BatchInput: template,
});
const resultWriter = z.strictObject({
  Resource: z.literal('arn:aws:states:::s3:putObject'),
  Arguments: template,
  WriterConfig: z
    .strictObject({
      OutputType: z.enum(['JSON', 'JSONL']).default('JSON'),
      Transformation: z.enum(['NONE', 'COMPACT', 'FLATTEN']).default('NONE'),
    })
    .prefault({}),
});
/** What a Map state does with each item, within its execution or in one of its own. */
export interface ItemProcessor extends Flow {
  readonly ProcessorConfig:
    | { readonly Mode: 'INLINE' }
    | { readonly Mode: 'DISTRIBUTED'; readonly ExecutionType: 'STANDARD' };
}
const itemProcessor: z.ZodType<ItemProcessor> = z.lazy(() =>
  z.strictObject({
    Comment: z.string().optional(),
    ProcessorConfig: z
      .union([
        z.strictObject({ Mode: z.literal('INLINE') }),
        z.strictObject({ Mode: z.literal('DISTRIBUTED'), ExecutionType: z.literal('STANDARD') }),
      ])
      .default({ Mode: 'INLINE' }),
    StartAt: z.string(),
    States: z.record(z.string(), state),
  }),
);
const map = z.strictObject({
  Type: z.literal('Map'),
  ...common,
  ...transition,
  ...result,
  ...recovery,
  Items: z.union([z.array(z.unknown()), expression]).optional(),
  ItemReader: itemReader.optional(),
  ItemSelector: template,
  ItemBatcher: itemBatcher.optional(),
  ItemProcessor: itemProcessor,
  MaxConcurrency: wholeNumber(0).optional(),
  ToleratedFailureCount: wholeNumber(0).optional(),
  ToleratedFailurePercentage: z.union([z.number().min(0).max(100), expression]).optional(),
  Label: z
    .string()
    .max(40)
    .regex(/^[^\s?*<>{}[\]:;,\\|^~$#%&`"/]+$/)
    .optional(),
  ResultWriter: resultWriter.optional(),
});

/** A state as the definition writes it. A field that is not here is refused by name, those of JSONPath too. */
export const state = z.discriminatedUnion('Type', [pass, succeed, fail, wait, choice, task, parallel, map]);

export type PassState = z.infer<typeof pass>;
export type SucceedState = z.infer<typeof succeed>;
export type FailState = z.infer<typeof fail>;
export type WaitState = z.infer<typeof wait>;
export type ChoiceState = z.infer<typeof choice>;
export type TaskState = z.infer<typeof task>;
export type ParallelState = z.infer<typeof parallel>;
export type MapState = z.infer<typeof map>;
export type State =
  | PassState
  | SucceedState
  | FailState
  | WaitState
  | ChoiceState
  | TaskState
  | ParallelState
  | MapState;

/** A whole state machine. */
export const machineDefinition = z.strictObject({
  Comment: z.string().optional(),
  QueryLanguage: z.enum(['JSONata', 'JSONPath']).optional(),
  Version: z.literal('1.0').optional(),
  TimeoutSeconds: z.int().min(1).optional(),
  StartAt: z.string(),
  States: z.record(z.string(), state),
});
export type MachineDefinition = z.infer<typeof machineDefinition>;
