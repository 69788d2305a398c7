import { normalCdf, normalPdf } from './normal-distribution.ts';

/**
 * How a standard normal variable that must exceed −t differs from one that need not: `v` is its mean, 1 − `w` its variance.
 * v(t) = φ(t)/Φ(t), w(t) = v(t)·(v(t) + t), adPredictor's additive and multiplicative corrections (Graepel et al. 2010).
 */
export function truncationCorrections(t: number): { readonly v: number; readonly w: number } {
  if (t > tailStart) {
    const v = normalPdf(t) / normalCdf(t);
    return { v, w: v * (v + t) };
  }
  // v + t would be a small difference of large numbers; Laplace's continued fraction of Mills' ratio gives it directly.
  const excess = excessOverTail(-t);
  const v = excess - t;
  return { v, w: v * excess };
}

const tailStart = -4;
/** Enough for 1e-16 from 4 on. */
const terms = 60;

/** v(−x) − x = 1/(x + 2/(x + 3/(x + …))) for x > 0. */
function excessOverTail(x: number): number {
  let below = x;
  for (let term = terms; term >= 2; term -= 1) below = x + term / below;
  return 1 / below;
}
