import fc from 'fast-check';

const { LEMNISCATE_PROPERTY_SEED: chosen = '20261122' } = process.env;

/** Property tests are the same in every run, unless another seed is chosen: a number, or `random`. A failure prints its own. */
const seed = chosen === 'random' ? Date.now() % 2 ** 31 : Number(chosen);
if (!Number.isSafeInteger(seed))
  throw new RangeError(`LEMNISCATE_PROPERTY_SEED is ${chosen}, neither a number nor random`);
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
