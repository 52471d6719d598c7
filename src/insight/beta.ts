/** The regularised incomplete beta function, from which every exact chance of counts and shares follows. Pure. */

/** Lanczos’ coefficients with g = 5 (Press et al., Numerical Recipes, 6.1): to ten digits. */
const lanczos = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 0.001208650973866179,
  -0.000005395239384953,
];

/** ln Γ(x), x > 0. */
export function logGamma(x: number): number {
  const base = x + 5.5;
  const sum = lanczos.reduce((total, part, at) => total + part / (x + 1 + at), 1.000000000190015);
  return (x + 0.5) * Math.log(base) - base + Math.log((2.5066282746310002 * sum) / x);
}

const tiny = 1e-300;
const enough = 1e-12;
/** Of the order of the square root of the larger parameter: a million mentions want a thousand. */
const mostSteps = 10_000;

/** I_x(a, b): the chance that a share with a beta distribution is at most x. a, b > 0, x from 0 to 1. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The continued fraction is quick only below the middle; above it the other tail is.
  if (x < (a + 1) / (a + b + 2)) return Math.min(1, (front * fraction(x, a, b)) / a);
  return Math.max(0, 1 - (front * fraction(1 - x, b, a)) / b);
}

/** DLMF 8.17.22, by Lentz’ method. */
function fraction(x: number, a: number, b: number): number {
  const kept = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= mostSteps; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    const change = d * c;
    value *= change;
    if (Math.abs(change - 1) < enough) break;
  }
  return value;
}
