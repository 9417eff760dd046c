/** Money: exact, from base units as text, never through a float. */
import { useLanguage } from "../Language.tsx";

export type Currency = { readonly code: string; readonly scale: number };

/** `CNY 70,000.00` in the form of the page's language. `units`: base units. */
export function amountText(units: string | bigint, { code, scale }: Currency, language: "en" | "zh"): string {
  const value = BigInt(units);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  const decimals = digits
    .slice(digits.length - scale)
    .replace(/0+$/, "")
    .padEnd(Math.min(2, scale), "0");
  const text = `${value < 0n ? "-" : ""}${digits.slice(0, digits.length - scale)}${decimals === "" ? "" : `.${decimals}`}`;
  // A decimal text is formatted exactly; a number would not be.
  const format = new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en", {
    // XXX: of no currency.
    ...(code === "XXX" ? {} : { style: "currency" as const, currency: code, currencyDisplay: "narrowSymbol" as const }),
    minimumFractionDigits: Math.min(2, scale),
    maximumFractionDigits: Math.min(decimals.length, 20),
  });
  return format.format(text as Intl.StringNumericLiteral);
}

export function Amount({ units, currency }: { units: string | bigint; currency: Currency }) {
  const { language } = useLanguage();
  return <span className="whitespace-nowrap tabular-nums">{amountText(units, currency, language)}</span>;
}
