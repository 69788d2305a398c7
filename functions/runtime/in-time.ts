/** What a promise gives within some time; undefined when it takes longer or fails, which `onFault` is told. It goes on by itself. */
export async function inTime<Result>(
  promise: Promise<Result>,
  patienceMs: number,
  onFault: (error: unknown) => void,
): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  const found = promise.catch((error: unknown) => {
    onFault(error);
    return undefined;
  });
  try {
    return await Promise.race([found, late]);
  } finally {
    clearTimeout(timer);
  }
}
