/** What 1,000 solved tickets take, with the desk and by people alone. An estimate by what its reader assumes, not a bill. */

export type Assumed = {
  /** Of a person, from a ticket to its answer without the desk. */
  readonly minutesAlone: number;
  /** Of a person, where the desk has prepared the ticket. */
  readonly minutesPrepared: number;
  /** What an hour of a person costs, in the currency's own unit. */
  readonly hour: number;
  /** What the desk takes for a ticket that stays solved. */
  readonly price: number;
};

export type Worked = {
  /** Without a person. */
  readonly answered: number;
  /** Of these: corrected or reopened, so that a person did it again. */
  readonly undone: number;
  readonly handed: number;
};

export type Cost = { readonly minutes: number; readonly money: number };

/** Nothing where no ticket was solved. */
export function perThousand(worked: Worked, assumed: Assumed): { desk: Cost; people: Cost } | undefined {
  const { answered, undone, handed } = worked;
  // Each ticket is solved by somebody in the end: what was undone by a person.
  const solved = answered + handed;
  if (solved === 0) return undefined;
  const scale = 1_000 / solved;
  const minutes = (handed * assumed.minutesPrepared + undone * assumed.minutesAlone) * scale;
  const wage = (of: number) => (of / 60) * assumed.hour;
  return {
    desk: { minutes, money: wage(minutes) + (answered - undone) * assumed.price * scale },
    people: { minutes: 1_000 * assumed.minutesAlone, money: wage(1_000 * assumed.minutesAlone) },
  };
}
