import type { AnswerCall } from './state-machines.ts';

const task = (Next: string | undefined, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: {
    FunctionName: 'add',
    Payload: { state: '{% $states.context.State.Name %}', input: '{% $states.input %}' },
  },
  Output: '{% $states.result.Payload %}',
  ...(Next === undefined ? { End: true } : { Next }),
  ...more,
});

/** A machine with every kind of state that holds others, each with tasks in it. `Catch` and `Retry` are nowhere. */
export const workedMachine = {
  QueryLanguage: 'JSONata',
  StartAt: 'First',
  States: {
    First: task('Each'),
    Each: {
      Type: 'Map',
      Items: '{% [1, 2, 3] %}',
      MaxConcurrency: 1,
      ItemProcessor: {
        StartAt: 'Within',
        States: { Within: task('Nap'), Nap: { Type: 'Wait', Seconds: 5, End: true } },
      },
      Assign: { total: '{% $sum($states.result) %}' },
      Output: '{% $sum($states.result) %}',
      Next: 'Both',
    },
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Left', States: { Left: task(undefined) } },
        { StartAt: 'Right', States: { Right: task('Righter'), Righter: task(undefined) } },
      ],
      Output: '{% $sum($states.result) %}',
      Next: 'Apart',
    },
    Apart: {
      Type: 'Map',
      Label: 'apart',
      Items: '{% [10, 20, 30, 40] %}',
      MaxConcurrency: 2,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Far',
        States: { Far: task(undefined) },
      },
      Output: '{% $sum($states.result) + $total %}',
      Next: 'Last',
    },
    Last: task(undefined),
  },
} as const;

/** Names of the tasks of the machine and how often an execution that nothing disturbs does each. */
export const workedTasks: Readonly<Record<string, number>> = {
  First: 1,
  Within: 3,
  Left: 1,
  Right: 1,
  Righter: 1,
  Far: 4,
  Last: 1,
};

/** The function of the machine's tasks: adds one. `before` hears which state calls, and may fail in its place. */
export function addOne(before: (state: string) => object | undefined): AnswerCall {
  return async ({ input }) => {
    const { state, input: number } = JSON.parse(String(input.Payload));
    const failure = before(state);
    if (failure !== undefined)
      return { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(failure)) };
    return { StatusCode: 200, Payload: Buffer.from(JSON.stringify((typeof number === 'number' ? number : 0) + 1)) };
  };
}
