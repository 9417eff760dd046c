/**
 * Logarithm and exponential of our own: `Math.log` and `Math.exp` may differ in the last bit from engine to engine, sums,
 * products and quotients may not (IEEE 754, and ECMAScript fuses nothing).
 */

const LN2_HIGH = 0.6931471803691238;
/** What `LN2_HIGH` lacks: 20 of its low bits are zero, so that a whole multiple of it is exact. */
const LN2_LOW = 1.9082149292705877e-10;
const TWO_52 = 4_503_599_627_370_496;

const bits = new DataView(new ArrayBuffer(8));

/** The natural logarithm, within two units in the last place. `-Infinity` of 0, `NaN` of what is less. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  // Numbers below 2^-1022 have no exponent of their own.
  const lift = x < 2.2250738585072014e-308 ? 52 : 0;
  bits.setFloat64(0, lift ? x * TWO_52 : x);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - 1023 - lift;
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)), |s| < 0.172: the eleventh term is below 2^-55.
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let n = 23; n >= 3; n -= 2) sum = (sum + 1 / n) * square;
  return exponent * LN2_HIGH + (2 * s + (2 * s * sum + exponent * LN2_LOW));
}

/** e to the x, within two units in the last place. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const whole = Math.floor(x * Math.LOG2E + 0.5);
  const rest = x - whole * LN2_HIGH - whole * LN2_LOW;
  let sum = 1;
  for (let n = 14; n >= 1; n--) sum = 1 + (sum * rest) / n;
  // In two steps: 2^1024 and 2^-1075 are no numbers.
  const half = whole >> 1;
  return sum * power(half) * power(whole - half);
}

/** 2 to a whole power from -1022 to 1023. */
function power(exponent: number): number {
  bits.setUint32(0, (exponent + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** 1 / (1 + e^-x) */
export function logistic(x: number): number {
  return 1 / (1 + exp(-x));
}
