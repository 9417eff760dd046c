/** Sizes of files, in the language of the page. */
import { useLanguage } from "../../../Language.tsx";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

export function useSize(): (bytes: number) => string {
  const { language } = useLanguage();
  return (bytes) => {
    const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
    const unit = UNITS[step] ?? "byte";
    const format = new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: step === 0 ? 0 : 1 });
    return format.format(bytes / 1000 ** step);
  };
}
