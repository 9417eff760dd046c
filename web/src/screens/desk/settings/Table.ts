/** The table of who gets what, while it is changed. */
import type { Routing, Row, Team } from "./Routing.tsx";

export const FRESH_TEAM: Team = { name: "", capacity: 100 };
export const freshRow = ([team]: readonly Team[]): Row => ({
  team: team?.name ?? "",
  severity: "normal",
  within: 1_440,
});

/** One place up or down; at the end it stays. */
export function move<T>(all: readonly T[], at: number, by: 1 | -1): T[] {
  const [one, other] = [all[at], all[at + by]];
  if (one === undefined || other === undefined) return [...all];
  return all.with(at, other).with(at + by, one);
}

/** In the place of what is there, or behind all. */
export const put = <T>(all: readonly T[], at: number, one: T): T[] =>
  at < all.length ? all.with(at, one) : [...all, one];

/** A team that is renamed is renamed in the rows and as relief too. */
export function putTeam({ rows, teams }: Routing, at: number, team: Team): Routing {
  const before = teams[at]?.name;
  const of = (name: string) => (name === before ? team.name : name);
  return {
    rows: rows.map((row) => ({ ...row, team: of(row.team) })),
    teams: put(teams, at, team).map((one) => (one.relief === undefined ? one : { ...one, relief: of(one.relief) })),
  };
}

/** Whether nothing names it: then it can go. */
export const isFree = ({ rows, teams }: Routing, name: string): boolean =>
  teams.some((one) => one.name === name) &&
  !rows.some(({ team }) => team === name) &&
  !teams.some(({ relief }) => relief === name);
