/** Moments, in the reader's own time zone, with how far away they are. `now`: the ledger's clock, which a rehearsal moves. */
import { useSyncExternalStore } from "react";
import { useLanguage } from "../Language.tsx";

const UNITS = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;
const TAGS = { en: "en-GB", zh: "zh-CN" } as const;

/** Making a format costs more than using it a hundred times. */
const FAR = {
  en: new Intl.RelativeTimeFormat(TAGS.en, { numeric: "auto" }),
  zh: new Intl.RelativeTimeFormat(TAGS.zh, { numeric: "auto" }),
};
const DATES = {
  en: new Intl.DateTimeFormat(TAGS.en, { dateStyle: "medium" }),
  zh: new Intl.DateTimeFormat(TAGS.zh, { dateStyle: "medium" }),
};
const MOMENTS = {
  en: new Intl.DateTimeFormat(TAGS.en, { dateStyle: "medium", timeStyle: "short" }),
  zh: new Intl.DateTimeFormat(TAGS.zh, { dateStyle: "medium", timeStyle: "short" }),
};

/** "in 3 days", "3 天后". Seconds. */
export function farText(seconds: number, language: "en" | "zh"): string {
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS[4];
  return FAR[language].format(Math.trunc(seconds / size), unit);
}

export function dateText(at: string | Date, language: "en" | "zh", withTime = true): string {
  return (withTime ? MOMENTS : DATES)[language].format(new Date(at));
}

/** One clock for the page, however many show it. */
const clock = {
  now: Date.now(),
  listeners: new Set<() => void>(),
  timer: undefined as number | undefined,
};

function listen(listener: () => void): () => void {
  if (clock.listeners.size === 0) clock.now = Date.now();
  clock.listeners.add(listener);
  clock.timer ??= window.setInterval(() => {
    clock.now = Date.now();
    for (const tell of clock.listeners) tell();
  }, 60_000);
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size > 0) return;
    window.clearInterval(clock.timer);
    clock.timer = undefined;
  };
}

/** Ticks by the minute while it is shown. */
export const useMinute = (): number => useSyncExternalStore(listen, () => clock.now);

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
