/** To whom a ticket goes, how urgent it is, by when it must be answered. A table, read from the top: the first row that fits. */
import type { Danger } from "./Danger.ts";

export type Severity = "critical" | "high" | "normal" | "low";

export type Row = {
  /** Intents it holds for; none: all. */
  readonly intents?: readonly string[];
  readonly dangers?: readonly Danger[];
  readonly languages?: readonly string[];
  readonly team: string;
  readonly severity: Severity;
  /** Minutes until the first answer. */
  readonly within: number;
};

export type Team = {
  readonly name: string;
  /** How many tickets it works on at a time. */
  readonly capacity: number;
  /** Hours in UTC, `[9, 18]`, past midnight `[22, 6]`; days 0 (Sunday) to 6. Absent: always. */
  readonly hours?: readonly [from: number, to: number];
  readonly days?: readonly number[];
  /** Who takes over outside the hours, or when it is full. */
  readonly relief?: string;
};

export type Table = { readonly rows: readonly Row[]; readonly teams: readonly Team[] };

export type Routed = {
  readonly team: string;
  readonly severity: Severity;
  /** Unix seconds. */
  readonly due: number;
  /** When somebody is told that it is not answered yet: after three quarters of the time. */
  readonly escalateAt: number;
};

/** What holds unless the client says otherwise. */
export const DEFAULT: Table = {
  rows: [
    { dangers: ["harm"], team: "safety", severity: "critical", within: 15 },
    { dangers: ["vulnerability", "leak", "takeover"], team: "security", severity: "critical", within: 60 },
    { dangers: ["fraud"], team: "payments", severity: "critical", within: 120 },
    { dangers: ["legal"], team: "legal", severity: "high", within: 480 },
    {
      intents: ["payment_failed", "charged_wrongly", "refund_request", "refund_status", "invoice", "coupon"],
      team: "payments",
      severity: "high",
      within: 480,
    },
    {
      intents: ["crash", "slow", "login", "verification_code", "data_missing", "connection", "installation"],
      team: "engineering",
      severity: "normal",
      within: 1_440,
    },
    {
      intents: ["feature_request", "usability", "advertising", "praise"],
      team: "product",
      severity: "low",
      within: 4_320,
    },
    { team: "support", severity: "normal", within: 1_440 },
  ],
  teams: [
    { name: "safety", capacity: 1_000 },
    { name: "security", capacity: 1_000 },
    { name: "payments", capacity: 200 },
    { name: "legal", capacity: 200 },
    { name: "engineering", capacity: 500 },
    { name: "product", capacity: 1_000 },
    { name: "support", capacity: 1_000 },
  ],
};

/** @param now Unix seconds. @param load Tickets that each team has at hand. */
export function route(
  { rows, teams }: Table,
  of: { intent: string | undefined; danger: Danger | undefined; language: string },
  now: number,
  load: Readonly<Record<string, number>> = {},
): Routed {
  const row = rows.find(
    ({ intents, dangers, languages }) =>
      (of.danger === undefined ? dangers === undefined : dangers?.includes(of.danger)) &&
      (intents === undefined || (of.intent !== undefined && intents.includes(of.intent))) &&
      (languages === undefined || languages.includes(of.language)),
  );
  const { team, severity, within } = row ?? { team: "support", severity: "normal" as const, within: 1_440 };
  const seconds = within * 60;
  return {
    team: free(teams, team, now, load),
    severity,
    due: now + seconds,
    escalateAt: now + Math.floor((seconds * 3) / 4),
  };
}

/** The team, or who takes over; the first one again, if nobody can. */
function free(teams: readonly Team[], first: string, now: number, load: Readonly<Record<string, number>>): string {
  const seen = new Set<string>();
  for (let name: string | undefined = first; name !== undefined && !seen.has(name); ) {
    seen.add(name);
    const team: Team | undefined = teams.find((one) => one.name === name);
    if (!team) return name;
    const [hour, day] = [Math.floor(now / 3_600) % 24, (Math.floor(now / 86_400) + 4) % 7];
    const [from, to] = team.hours ?? [0, 24];
    const isHour = from <= to ? hour >= from && hour < to : hour >= from || hour < to;
    const isOpen = isHour && (team.days?.includes(day) ?? true);
    if (isOpen && (load[name] ?? 0) < team.capacity) return name;
    name = team.relief;
  }
  return first;
}

/** Those that nobody answered and whose time runs out, the most urgent first. */
export function overdue<T extends { readonly routed: Routed; readonly answeredAt?: number }>(
  tickets: readonly T[],
  now: number,
): readonly T[] {
  return tickets
    .filter(({ routed, answeredAt }) => answeredAt === undefined && routed.escalateAt <= now)
    .sort((one, other) => one.routed.due - other.routed.due);
}
