import { describe, expect, test } from 'vitest';
import { normalCdf, normalPdf, normalQuantile } from '#domain/mathematics/normal-distribution.ts';
import { truncationCorrections } from '#domain/mathematics/truncated-normal.ts';

/** Expected values were worked out with 60 digits (mpmath: erfc, exp, erfinv). */
const relativeError = (got: number, expected: number) =>
  expected === 0 ? Math.abs(got) : Math.abs(got / expected - 1);

describe('the normal distribution', () => {
  test.each([
    [-37.5, 4.605353009581955e-308, 1.7282337322841054e-306],
    [-30, 4.906713927148187e-198, 1.4736461348785476e-196],
    [-20, 2.7536241186062337e-89, 5.520948362159764e-88],
    [-12.25, 8.399796063633417e-35, 1.035743509620835e-33],
    [-8, 6.220960574271784e-16, 5.052271083536892e-15],
    [-5.7, 5.990371401063528e-9, 3.5139550948204334e-8],
    [-5, 2.866515718791939e-7, 1.4867195147342977e-6],
    [-4, 3.1671241833119924e-5, 0.00013383022576488534],
    [-3.999, 3.180534005420203e-5, 0.00013436655155540947],
    [-3, 0.0013498980316300946, 0.0044318484119380075],
    [-2.3263478740408408, 0.010000000000000009, 0.02665214220345807],
    [-1.96, 0.024997895148220435, 0.05844094433345146],
    [-1, 0.15865525393145705, 0.24197072451914334],
    [-0.6629, 0.2536973008682368, 0.3202489111520498],
    [-0.5, 0.3085375387259869, 0.35206532676429947],
    [-0.1, 0.460172162722971, 0.39695254747701175],
    [0, 0.5, 0.3989422804014327],
    [0.3, 0.6179114221889527, 0.3813878154605241],
    [0.66, 0.7453730853286639, 0.32086380377117246],
    [1, 0.8413447460685429, 0.24197072451914334],
    [1.5, 0.9331927987311419, 0.12951759566589172],
    [2, 0.9772498680518208, 0.05399096651318805],
    [3, 0.9986501019683699, 0.0044318484119380075],
    [5, 0.9999997133484281, 1.4867195147342977e-6],
    [6, 0.9999999990134123, 6.075882849823285e-9],
    [7.5, 0.9999999999999681, 2.4343205330290096e-13],
    [8.5, 1, 8.16623563166955e-17],
  ])('has at %d its distribution function and density to 1e-15 of the value', (x, cdf, pdf) => {
    expect(relativeError(normalCdf(x), cdf)).toBeLessThan(1e-15);
    expect(relativeError(normalPdf(x), pdf)).toBeLessThan(1e-15);
  });

  test.each([
    [1e-300, -37.0470962993612],
    [1e-20, -9.262340089798407],
    [1e-10, -6.361340902404057],
    [1e-5, -4.264890793922825],
    [0.001, -3.0902323061678136],
    [0.02425, -1.972961051311885],
    [0.075, -1.439531470938456],
    [0.1, -1.2815515655446004],
    [0.3, -0.5244005127080408],
    [0.5, 0],
    [0.7, 0.5244005127080407],
    [0.925, 1.4395314709384561],
    [0.975, 1.9599639845400538],
    [0.999, 3.090232306167813],
    [0.9999999, 5.199337582290661],
  ])('has the quantile of %d to 1e-15 of the value', (p, z) => {
    expect(relativeError(normalQuantile(p), z)).toBeLessThan(1e-15);
  });

  test('ends where its tails end', () => {
    expect([normalCdf(Number.NEGATIVE_INFINITY), normalCdf(Number.POSITIVE_INFINITY)]).toEqual([0, 1]);
    expect([normalCdf(-50), normalPdf(50)]).toEqual([0, 0]);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe('the corrections of a truncated normal', () => {
  test.each([
    [-100000000, 100000000.00000001, 0.9999999999999999],
    [-10000, 10000.000099999997, 0.9999999900000006],
    [-300, 300.0033332592634, 0.999988889629561],
    [-40, 40.02496884720726, 0.9993773316214086],
    [-10, 10.098093233962512, 0.9905546221743438],
    [-4.5, 4.704319844827732, 0.9611859007152245],
    [-4, 4.225607144489471, 0.9533271616025774],
    [-3.9, 4.130365320908112, 0.9514929326187352],
    [-2, 2.373215532822841, 0.8857208995859187],
    [-1, 1.525135276160981, 0.8009023344296512],
    [0, 0.7978845608028654, 0.6366197723675814],
    [1, 0.2875999709391784, 0.3703137142233946],
    [3, 0.004437839042125664, 0.013333211541740806],
    [10, 7.694598626706419e-23, 7.694598626706419e-22],
  ])('are exact at %d', (t, v, w) => {
    const corrections = truncationCorrections(t);
    expect(relativeError(corrections.v, v)).toBeLessThan(3e-15);
    expect(relativeError(corrections.w, w)).toBeLessThan(3e-15);
  });

  test('do not jump where the method changes', () => {
    const [above, below] = [truncationCorrections(-4 + 1e-12), truncationCorrections(-4)];
    expect(above.v).toBeCloseTo(below.v, 11);
    expect(above.w).toBeCloseTo(below.w, 11);
  });
});
