/**
 * Does work for parts of a batch. When it fails, the messages that brought these parts come again and nothing is given: the
 * others go on.
 */
export type Attempt<Part> = <Result>(
  parts: readonly Part[],
  work: () => Promise<Result>,
) => Promise<Result | undefined>;
