/** Density of the standard normal distribution. */
export function normalPdf(x: number): number {
  return densityAtZero * expOfHalfSquare(x);
}

/** Distribution function of the standard normal distribution, exact to some 1e-15 of its value in both tails. */
export function normalCdf(x: number): number {
  const y = Math.abs(x) * Math.SQRT1_2;
  const tail = y <= smallEnd ? 0.5 * (1 - smallErf(y)) : 0.5 * expOfHalfSquare(x) * scaledErfc(y);
  return x > 0 ? 1 - tail : tail;
}

/**
 * Quantile of the standard normal distribution, exact to some 1e-16 of its value: algorithm AS 241, PPND16 (Wichura, Applied
 * Statistics 37, 1988). ±Infinity at 1 and 0, NaN outside.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(centre.above, r)) / polynomial(centre.below, r);
  }
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const { above, below, from } = r <= 5 ? middle : far;
  const x = polynomial(above, r - from) / polynomial(below, r - from);
  return q < 0 ? -x : x;
}

const densityAtZero = 1 / Math.sqrt(2 * Math.PI);
const smallEnd = 0.46875;

// exp(−x²/2) in two parts: x² alone is rounded, and the exponential makes a relative error of that error's size.
function expOfHalfSquare(x: number): number {
  if (Math.abs(x) > 40) return 0;
  const coarse = Math.trunc(x * 16) / 16;
  return Math.exp(-0.5 * coarse * coarse) * Math.exp(-0.5 * (x - coarse) * (x + coarse));
}

/** exp(y²)·erfc(y) for y above 0.46875, and erf(y) below: Cody, Mathematics of Computation 23 (1969). */
function scaledErfc(y: number): number {
  if (y <= 4) return polynomial(erfc.above, y) / polynomial(erfc.below, y);
  const z = 1 / (y * y);
  return (1 / Math.sqrt(Math.PI) - (z * polynomial(erfcFar.above, z)) / polynomial(erfcFar.below, z)) / y;
}

function smallErf(y: number): number {
  const z = y * y;
  return (y * polynomial(erf.above, z)) / polynomial(erf.below, z);
}

/** Coefficients start with the constant one. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let power = coefficients.length - 1; power >= 0; power -= 1) sum = sum * x + (coefficients[power] ?? 0);
  return sum;
}

const erf = {
  above: [3209.3775891384694, 377.485237685302, 113.86415415105016, 3.1611237438705655, 0.18577770618460315],
  below: [2844.236833439171, 1282.6165260773723, 244.02463793444417, 23.601290952344122, 1],
};
const erfc = {
  above: [
    1230.3393547979972, 2051.0783778260716, 1712.0476126340707, 881.952221241769, 298.6351381974001, 66.11919063714163,
    8.883149794388377, 0.5641884969886701, 2.1531153547440383e-8,
  ],
  below: [
    1230.3393548037495, 3439.3676741437216, 4362.619090143247, 3290.7992357334597, 1621.3895745666903,
    537.1811018620099, 117.6939508913125, 15.744926110709835, 1,
  ],
};
const erfcFar = {
  above: [
    0.0006587491615298378, 0.016083785148742275, 0.12578172611122926, 0.36034489994980445, 0.30532663496123236,
    0.016315387137302097,
  ],
  below: [0.0023352049762686918, 0.06051834131244132, 0.5279051029514285, 1.8729528499234673, 2.568520192289822, 1],
};
const centre = {
  above: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  below: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
};
const middle = {
  from: 1.6,
  above: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  below: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
};
const far = {
  from: 5,
  above: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  below: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};
