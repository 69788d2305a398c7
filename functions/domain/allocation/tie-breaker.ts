/** What ties are settled by, as a share of the value: 0.024 %, and so no more than that is lost by it. */
export const largestBonus = 2 ** -12;

/**
 * The bonus of an option, as a share of its value, that a hash of its customer and its place decide. Where many customers are alike
 * no price tells them apart: all take, or none. With bonuses they are told apart, half of them on each side of a price, whatever
 * their order; that is a perturbation of the linear program (Charnes, “Optimality and degeneracy in linear programming”, 1952).
 */
export function bonusOf(draw: number, place: number): number {
  let hash = Math.imul(draw ^ Math.imul(place + 1, 0x9e3779b9), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
