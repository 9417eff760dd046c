/** A word about a state. */
import type { ReactNode } from "react";

export type BadgeTone = "plain" | "accent" | "good" | "warn" | "bad" | "play";
const TONES: Record<BadgeTone, string> = {
  plain: "bg-sunken text-muted",
  accent: "bg-accent-soft text-accent",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  play: "bg-play-soft text-play",
};

export function Badge({ tone = "plain", children }: { tone?: BadgeTone; children: ReactNode }) {
  return (
    <span className={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium ${TONES[tone]}`}>
      {children}
    </span>
  );
}
