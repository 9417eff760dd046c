/** Money: exact, from base units as text, never through a float. */
import { useLanguage } from "../Language.tsx";

export type Currency = { readonly code: string; readonly scale: number };

/** Making one costs more than using it a hundred times. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(language: "en" | "zh", code: string, least: number, most: number): Intl.NumberFormat {
  const key = `${language} ${code} ${least} ${most}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en", {
    // XXX: of no currency.
    ...(code === "XXX" ? {} : { style: "currency" as const, currency: code, currencyDisplay: "narrowSymbol" as const }),
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  });
  formats.set(key, made);
  return made;
}

/** `CNY 70,000.00` in the form of the page's language. `units`: base units. */
export function amountText(units: string | bigint, { code, scale }: Currency, language: "en" | "zh"): string {
  const value = BigInt(units);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  const decimals = digits
    .slice(digits.length - scale)
    .replace(/0+$/, "")
    .padEnd(Math.min(2, scale), "0");
  const text = `${value < 0n ? "-" : ""}${digits.slice(0, digits.length - scale)}${decimals === "" ? "" : `.${decimals}`}`;
  const format = formatOf(language, code, Math.min(2, scale), Math.min(decimals.length, 20));
  // A decimal text is formatted exactly; a number would not be.
  return format.format(text as Intl.StringNumericLiteral);
}

export function Amount({ units, currency }: { units: string | bigint; currency: Currency }) {
  const { language } = useLanguage();
  return <span className="whitespace-nowrap tabular-nums">{amountText(units, currency, language)}</span>;
}
