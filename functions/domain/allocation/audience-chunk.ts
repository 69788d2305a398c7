/**
 * Some customers of an audience as numbers: what a pass reads, a thousandth of what objects would take to read. Options that can
 * never be chosen are not in it: those of no value, and those that alone pass a limit.
 */
export interface AudienceChunk {
  readonly customers: number;
  /** A hash of each customer's id: it settles ties and says who is in the sample, whatever the order of the audience. */
  readonly draws: Uint32Array;
  /** Where the options of each customer end, those of the first beginning at 0. */
  readonly optionEnds: Uint32Array;
  readonly values: Float64Array;
  /** The place of each option in the list that its customer was given with. */
  readonly places: Uint16Array;
  /** Where the uses of each option end. */
  readonly useEnds: Uint32Array;
  /** What each use is of, as a place in the list of resources, and how many ticks of it. */
  readonly resources: Uint16Array;
  readonly ticks: Float64Array;
}

/** Some customers of a chunk, by their places in rising order, as a chunk of their own. */
export function pickCustomers(chunk: AudienceChunk, picked: readonly number[]): AudienceChunk {
  const options = picked.map(
    (customer) => [chunk.optionEnds[customer - 1] ?? 0, chunk.optionEnds[customer] ?? 0] as const,
  );
  return joinChunks(
    picked.map((customer, at) => {
      const [begin = 0, end = 0] = options[at] ?? [];
      const [from, until] = [
        chunk.useEnds[begin - 1] ?? 0,
        end === begin ? (chunk.useEnds[begin - 1] ?? 0) : (chunk.useEnds[end - 1] ?? 0),
      ];
      return {
        customers: 1,
        draws: chunk.draws.subarray(customer, customer + 1),
        optionEnds: Uint32Array.of(end - begin),
        values: chunk.values.subarray(begin, end),
        places: chunk.places.subarray(begin, end),
        useEnds: chunk.useEnds.subarray(begin, end).map((use) => use - from),
        resources: chunk.resources.subarray(from, until),
        ticks: chunk.ticks.subarray(from, until),
      };
    }),
  );
}

/** Chunks one behind the other. */
export function joinChunks(chunks: readonly AudienceChunk[]): AudienceChunk {
  const lengthOf = (of: (chunk: AudienceChunk) => ArrayLike<number>) =>
    chunks.reduce((sum, chunk) => sum + of(chunk).length, 0);
  const joined = {
    customers: lengthOf(({ draws }) => draws),
    draws: new Uint32Array(lengthOf(({ draws }) => draws)),
    optionEnds: new Uint32Array(lengthOf(({ optionEnds }) => optionEnds)),
    values: new Float64Array(lengthOf(({ values }) => values)),
    places: new Uint16Array(lengthOf(({ places }) => places)),
    useEnds: new Uint32Array(lengthOf(({ useEnds }) => useEnds)),
    resources: new Uint16Array(lengthOf(({ resources }) => resources)),
    ticks: new Float64Array(lengthOf(({ ticks }) => ticks)),
  };
  let [customers, options, uses] = [0, 0, 0];
  for (const chunk of chunks) {
    joined.draws.set(chunk.draws, customers);
    for (const end of chunk.optionEnds) joined.optionEnds[customers++] = options + end;
    joined.values.set(chunk.values, options);
    joined.places.set(chunk.places, options);
    for (const end of chunk.useEnds) joined.useEnds[options++] = uses + end;
    joined.resources.set(chunk.resources, uses);
    joined.ticks.set(chunk.ticks, uses);
    uses += chunk.ticks.length;
  }
  return joined;
}
