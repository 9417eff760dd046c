/** Promised and realised precision, week by week: what a picture of them needs. */

export type Alarm = "precision" | "outside";
export type Week = {
  /** ISO moment of its Monday. */
  readonly from: string;
  readonly tickets: number;
  readonly answered: number;
  readonly wrong: number;
  /** Nothing where none was answered. */
  readonly realised?: number | undefined;
  readonly outside: number;
  readonly alarms: readonly Alarm[];
};

/** The lowest edge of the picture, in steps of 5 points. */
export function floor(weeks: readonly Week[], promise: number): number {
  const least = Math.min(promise, ...weeks.flatMap(({ realised }) => realised ?? []));
  return Math.max(0, Math.floor((least - 0.01) * 20) / 20);
}

/** Runs of weeks that follow each other and have something realised: a line is drawn within each, never across a gap. */
export function runs(weeks: readonly Week[]): readonly (readonly (Week & { readonly realised: number })[])[] {
  const all: (Week & { readonly realised: number })[][] = [];
  let isOpen = false;
  for (const week of weeks) {
    const { realised } = week;
    if (realised === undefined) {
      isOpen = false;
      continue;
    }
    if (!isOpen) all.push([]);
    isOpen = true;
    all.at(-1)?.push({ ...week, realised });
  }
  return all;
}

/** Over all weeks: what was promised, and what came of it. */
export function whole(weeks: readonly Week[]): { answered: number; wrong: number; realised: number | undefined } {
  const answered = weeks.reduce((sum, week) => sum + week.answered, 0);
  const wrong = weeks.reduce((sum, week) => sum + week.wrong, 0);
  return { answered, wrong, realised: answered === 0 ? undefined : 1 - wrong / answered };
}
