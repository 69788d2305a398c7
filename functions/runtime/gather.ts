/** Runs `work` on every element, at most `width` at a time, and gives the results in the elements' order. */
export async function gather<Element, Result>(
  elements: readonly Element[],
  width: number,
  work: (element: Element) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = elements.entries();
  const worker = async () => {
    for (const [index, element] of queue) results[index] = await work(element);
  };
  await Promise.all(Array.from({ length: Math.min(width, elements.length) }, worker));
  return results;
}
