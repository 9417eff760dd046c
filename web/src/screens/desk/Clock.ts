/** How long is left until a ticket must be answered. */

export type Pace = "calm" | "soon" | "late";

/** @param now Milliseconds. @param due ISO moment. @param isEscalated Somebody was told that the time runs out. */
export function pace(now: number, due: string, isEscalated: boolean): Pace {
  if (now >= new Date(due).getTime()) return "late";
  return isEscalated ? "soon" : "calm";
}

const MINUTE = 60_000;

/** "2 h 05 min", "3 d 4 h": two units are enough to decide by. Milliseconds, of either sign. */
export function parts(milliseconds: number): { days: number; hours: number; minutes: number } {
  const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
  return { days: Math.floor(minutes / 1_440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
}

export function text(milliseconds: number, language: "en" | "zh"): string {
  const { days, hours, minutes } = parts(milliseconds);
  const says = {
    en: { day: " d", hour: " h", minute: " min" },
    zh: { day: " 天", hour: " 小时", minute: " 分钟" },
  }[language];
  if (days > 0) return `${days}${says.day}${hours > 0 ? ` ${hours}${says.hour}` : ""}`;
  if (hours > 0) return `${hours}${says.hour}${minutes > 0 ? ` ${minutes}${says.minute}` : ""}`;
  return `${minutes}${says.minute}`;
}
