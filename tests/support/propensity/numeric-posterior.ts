import type { Normal } from '#domain/mathematics/normal.ts';
import { normalCdf, normalPdf } from '#domain/mathematics/normal-distribution.ts';

/** Mean and variance of a probit's only weight after some responses, by numerical integration (Simpson's rule) over ±9 deviations. */
export function numericPosterior(prior: Normal, responses: readonly boolean[]): Normal {
  const deviation = Math.sqrt(prior.variance);
  const steps = 20_000;
  const width = (18 * deviation) / steps;
  const positives = responses.filter((response) => response).length;
  let [mass, first, second] = [0, 0, 0];
  for (let step = 0; step <= steps; step += 1) {
    const x = prior.mean - 9 * deviation + step * width;
    const simpson = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2;
    const likelihood = normalCdf(x) ** positives * normalCdf(-x) ** (responses.length - positives);
    const density = simpson * normalPdf((x - prior.mean) / deviation) * likelihood;
    mass += density;
    first += density * x;
    second += density * x * x;
  }
  const mean = first / mass;
  return { mean, variance: second / mass - mean * mean };
}
