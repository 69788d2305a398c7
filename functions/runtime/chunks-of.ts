/** Cuts a list into parts of `size` elements, the last one shorter, in order. */
export function chunksOf<Element>(elements: readonly Element[], size: number): Element[][] {
  return Array.from({ length: Math.ceil(elements.length / size) }, (_, index) =>
    elements.slice(index * size, (index + 1) * size),
  );
}
