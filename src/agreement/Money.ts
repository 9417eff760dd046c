/** Amounts: a decimal string of a currency outside, `bigint` base units inside. Exact both ways, never a float. */
import { AmountOverflow, AmountTooSmall, NotANumber, TooManyDecimals, UnknownCurrency, WrongForm } from "./Errors.ts";
import { both } from "./InputError.ts";

/** `scale`: decimals of one base unit on the ledger, i.e. `decimals()` of the token; 6 makes 1.5 into 1,500,000. */
export type Currency = { code: string; scale: number };

/** Amounts are uint128 on the ledger. */
export const MAX = 2n ** 128n - 1n;
/** With 30 decimals 340,282,366 whole tokens still fit into uint128. */
export const MAX_SCALE = 30;

/** ISO 4217, active codes of countries and unions; XXX stands for a token that is of no currency. */
const CODES = new Set(
  `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC
   CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR
   ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
   MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE
   SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF
   XXX YER ZAR ZMW ZWG`.split(/\s+/),
);

export const isCurrency = (code: string): boolean => CODES.has(code);

/** Throws `UnknownCurrency` or, for a scale that is no whole number from 0 to 30, `WrongForm`. */
export function currency(code: string, scale: number, field = "currency"): Currency {
  if (!isCurrency(code)) throw new UnknownCurrency({ field: `${field}.code`, found: code });
  if (!Number.isInteger(scale) || scale < 0 || scale > MAX_SCALE) {
    throw new WrongForm({
      field: `${field}.scale`,
      found: scale,
      expected: both(`a whole number from 0 to ${MAX_SCALE}`, ` 0 至 ${MAX_SCALE} 的整数`),
    });
  }
  return { code, scale };
}

/**
 * Base units of a decimal string. Throws `NotANumber`, `TooManyDecimals`, `AmountOverflow` (uint128), or
 * `AmountTooSmall` for a zero where `positive` is asked.
 */
export function parse(amount: unknown, scale: number, field = "amount", { positive = false } = {}): bigint {
  if (typeof amount !== "string" || !/^(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(amount)) {
    throw new NotANumber({ field, found: amount, ...reason(amount) });
  }
  const [whole = "0", decimals = ""] = amount.split(".");
  if (decimals.length > scale) throw new TooManyDecimals({ field, found: amount, scale });
  const max = format(MAX, scale);
  // 39 digits hold 2^128: longer ones are refused before BigInt spends time on them.
  if (whole.length > 39) throw new AmountOverflow({ field, found: amount, max });
  const units = BigInt(whole + decimals.padEnd(scale, "0"));
  if (units > MAX) throw new AmountOverflow({ field, found: amount, max });
  if (positive && units === 0n) {
    throw new AmountTooSmall({ field, found: amount, expected: both("more than zero", "大于零") });
  }
  return units;
}

/** The decimal string of base units, without needless zeros: `format(1_500_000n, 6)` is `"1.5"`. Inverse of `parse`. */
export function format(units: bigint, scale: number): string {
  if (units < 0n) return `-${format(-units, scale)}`;
  const digits = units.toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const decimals = digits.slice(digits.length - scale).replace(/0+$/, "");
  return decimals ? `${whole}.${decimals}` : whole;
}

/** For people: `CNY 70,000.00`; at least two decimals where the scale has them. */
export function show(units: bigint, { code, scale }: Currency): string {
  const [whole = "0", decimals = ""] = format(units, scale).split(".");
  const padded = decimals.padEnd(Math.min(2, scale), "0");
  return `${code} ${whole.replace(/(?<=\d)(?=(\d{3})+$)/g, ",")}${padded ? `.${padded}` : ""}`;
}

/** A metric's value: whole, not negative, uint128. Throws as `parse`. */
export function parseWhole(value: unknown, field = "value"): bigint {
  if (typeof value !== "string" || !/^(0|[1-9][0-9]*)$/.test(value)) {
    const expected = both('a whole number like "50000", as a string', "形如 “50000” 的整数字符串");
    throw new NotANumber({ ...reason(value), field, found: value, expected });
  }
  return parse(value, 0, field);
}

function reason(amount: unknown) {
  const fix = (en: string, zh: string) => ({ fix: both(en, zh) });
  if (typeof amount === "number")
    return fix("Quote it: numbers without quotes lose digits", "请加引号：不加引号会丢失精度");
  if (typeof amount !== "string") return {};
  if (/[０-９．，]/.test(amount)) return fix("Use half-width digits", "请使用半角数字");
  if (/^-/.test(amount)) return fix("Give an amount that is not negative", "金额不能为负");
  if (/^\+/.test(amount)) return fix("Leave out the sign", "请去掉正负号");
  if (/[0-9][eE][+-]?[0-9]/.test(amount))
    return fix("Write all digits instead of an exponent", "请写出全部数字，不用指数");
  if (/[0-9][,' _\u00A0，][0-9]/.test(amount))
    return fix("Leave out separators between digits", "请去掉数字间的分隔符");
  if (/^0[0-9]/.test(amount)) return fix("Leave out leading zeros", "请去掉前导零");
  return {};
}
