/** Moments, in the reader's own time zone, with how far away they are. `now`: the ledger's clock, which a rehearsal moves. */
import { useEffect, useState } from "react";
import { useLanguage } from "../Language.tsx";

const UNITS = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;
const TAGS = { en: "en-GB", zh: "zh-CN" } as const;

/** "in 3 days", "3 天后". Seconds. */
export function farText(seconds: number, language: "en" | "zh"): string {
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS[4];
  const count = Math.trunc(seconds / size);
  return new Intl.RelativeTimeFormat(TAGS[language], { numeric: "auto" }).format(count, unit);
}

export function dateText(at: string | Date, language: "en" | "zh", withTime = true): string {
  return new Intl.DateTimeFormat(TAGS[language], {
    dateStyle: "medium",
    ...(withTime ? { timeStyle: "short" } : {}),
  }).format(new Date(at));
}

/** Ticks by the minute while it is shown. */
export function useMinute(): number {
  const [now, set] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

type Props = { at: string; now?: number; far?: boolean; time?: boolean };

export function When({ at, now, far = true, time = true }: Props) {
  const { language } = useLanguage();
  const minute = useMinute();
  const seconds = (new Date(at).getTime() - (now ?? minute)) / 1000;
  return (
    <time dateTime={at} className="tabular-nums">
      {dateText(at, language, time)}
      {far && <span className="text-muted"> · {farText(seconds, language)}</span>}
    </time>
  );
}
