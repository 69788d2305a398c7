/**
 * A number with so many significant digits, as `toPrecision` writes them: what stands on record is what counts. Within six digits on
 * either side of the point it takes a product and a quotient: a whole number over a power of ten, each exact, is rounded as the
 * text of the quotient would be read. What lies too near to the middle between two is left to the text.
 */
export function rounded(value: number, digits: 6 | 7): number {
  const size = Math.abs(value);
  if (!(size >= 1e-6 && size < 1e6)) return Number(value.toPrecision(digits));
  let magnitude = -5;
  while (size >= (powers[magnitude + 6] ?? 0)) magnitude += 1;
  const scale = powers[digits - magnitude + 6];
  if (scale === undefined || digits < magnitude) return Number(value.toPrecision(digits));
  const scaled = size * scale;
  const whole = Math.floor(scaled);
  const rest = scaled - whole;
  if (Math.abs(rest - 0.5) < nearMiddle) return Number(value.toPrecision(digits));
  const nearest = (rest < 0.5 ? whole : whole + 1) / scale;
  return value < 0 ? -nearest : nearest;
}

/** 10^-6 to 10^15: up to 10^22 powers of ten are exact. */
const powers = Array.from({ length: 22 }, (_, index) => Number(`1e${index - 6}`));
/** The product of seven digits is off by 1e-9 at most. */
const nearMiddle = 1e-6;
