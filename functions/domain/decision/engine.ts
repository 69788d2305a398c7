/**
 * The number of the engine: of all that turns what was found before arbitration into draws, scores, ranks and probabilities. It moves
 * whenever one of these moves for equal input, for records say it and evaluation compares only what one engine made. Golden
 * records (`tests/unit/decision/golden-records`) fail when numbers move and it does not. The first engine's choice probabilities
 * were left with the noise of their draws; the second's add up.
 */
export const engine = 2;
