/** Characters of one template. Gmail cuts a mail off at some 100 KB. */
export const largestTemplate = 200_000;
/** Characters of one part when it is rendered. */
export const largestPart = 400_000;
/** Tags, outputs and texts that a part renders, in each turn of its loops. */
export const mostSteps = 20_000;
/** Characters and elements that filters and ranges make, as the engine counts them. */
export const mostTemplateMemory = 4_000_000;
/** Time for one part, milliseconds, where steps don't say how long they take. */
export const patienceMs = 500;
