import * as z from 'zod';

const route = { name: z.string(), deadLettersUrl: z.string() };

/**
 * A queue in which messages rest that could not be delivered, and where they go back to. Its name is that of the stack's output
 * with its URL: people find it by the one, scripts by this.
 */
export const DeadLetterRoute = z.discriminatedUnion('kind', [
  z.strictObject({ ...route, kind: z.literal('queue'), queueUrl: z.string() }),
  /** Of all tables of the lake: which events are whose, their definitions say. */
  z.strictObject({ ...route, kind: z.literal('delivery-streams'), streamOf: z.record(z.string(), z.string()) }),
  /** They say where in a table's stream the records are; what the reader does with a record is done again. */
  z.strictObject({ ...route, kind: z.literal('table-stream'), reader: z.string() }),
]);
export type DeadLetterRoute = z.infer<typeof DeadLetterRoute>;

/** What stacks tell, as JSON, in an output whose name ends so: names of outputs are one space for all of a stage's stacks. */
export const deadLetterRoutesOutput = 'DeadLetterRoutes';
