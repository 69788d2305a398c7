import * as z from 'zod';
import type { Operation } from '#local-cloud/cloud/service.ts';
import type { Engine } from '#local-cloud/services/step-functions/engine/engine.ts';
import { paged, pageInput } from '#local-cloud/services/step-functions/wire/page.ts';
import { readInput } from '#local-cloud/services/step-functions/wire/read-input.ts';
import { describeMapRun, listedMapRun } from '#local-cloud/services/step-functions/wire/wire-map-run.ts';

const byMapRun = z.object({ mapRunArn: z.string() });
const listInput = z.object({ executionArn: z.string(), ...pageInput.shape });
const updateInput = byMapRun.extend({
  maxConcurrency: z.int().min(0).optional(),
  toleratedFailureCount: z.int().min(0).optional(),
  toleratedFailurePercentage: z.number().min(0).max(100).optional(),
});

/** Tells of map runs, and changes how many children run at a time and how many may fail. */
export function mapRunOperations({ store, mapRuns }: Engine): Readonly<Record<string, Operation>> {
  const onMapRun = (action: string): Operation['permissions'] => {
    return (input) => [{ action: `states:${action}`, resources: [readInput(byMapRun, input).mapRunArn] }];
  };
  return {
    DescribeMapRun: {
      permissions: onMapRun('DescribeMapRun'),
      run: async (input) => describeMapRun(mapRuns.byArn(readInput(byMapRun, input).mapRunArn), store),
    },
    ListMapRuns: {
      permissions: (input) => [{ action: 'states:ListMapRuns', resources: [readInput(listInput, input).executionArn] }],
      async run(input) {
        const { executionArn, ...page } = readInput(listInput, input);
        const { items, nextToken } = paged(page, (skip, most) =>
          store.mapRunsOf(executionArn).slice(skip, skip + most),
        );
        return { mapRuns: items.map(listedMapRun), ...nextToken };
      },
    },
    UpdateMapRun: {
      permissions: onMapRun('UpdateMapRun'),
      async run(input) {
        const { mapRunArn, maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = readInput(
          updateInput,
          input,
        );
        mapRuns.change(mapRunArn, {
          ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
          ...(toleratedFailureCount === undefined ? {} : { toleratedFailureCount }),
          ...(toleratedFailurePercentage === undefined ? {} : { toleratedFailurePercentage }),
        });
        return {};
      },
    },
  };
}
