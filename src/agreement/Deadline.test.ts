import { describe, expect, test } from "vitest";
import * as Deadline from "./Deadline.ts";
import * as Machine from "./Machine.ts";
import * as Refusal from "./Refusal.ts";
import { unopened } from "./State.ts";
import { opened, play } from "./testing/Play.ts";
import { agreement, CLIENT, classic, DAY, PROVIDER, STRANGER, T0, tranche } from "./testing/Sample.ts";

const DUE = T0 + 30 * DAY;
const one = agreement();

describe("what happens if nobody acts", () => {
  test("behavior: nothing before it is opened, nothing after the end", () => {
    expect(Deadline.all(unopened(one))).toEqual([]);
    const { state } = play(opened(one, T0).state, [[T0, { verb: "accept", by: CLIENT, tranches: 1, rounds: [0] }]]);
    expect(Deadline.all(state)).toEqual([]);
  });

  test("behavior: undelivered, it is refunded when the time to cure has passed", () => {
    const [found] = Deadline.all(opened(one, T0).state);
    expect(found?.minute).toBe(DUE + 5 * DAY);
    expect(found && Deadline.says(found).en).toContain("refunded");
  });

  test("behavior: delivered, silence pays at the end of review", () => {
    const at = T0 + 20 * DAY;
    const { state } = play(opened(one, T0).state, [[at, { verb: "deliver", by: PROVIDER, tranche: 0, round: 0 }]]);
    const [found] = Deadline.all(state);
    expect(found?.minute).toBe(at + 1 + 10 * DAY);
    expect(found && Deadline.says(found).zh).toContain("视为验收");
  });

  test("behavior: the claim is refused one minute before, and good from then on, in every stage of play", () => {
    for (const terms of [one, classic(), agreement([tranche(), tranche({ fundBy: T0 + 7 * DAY })])]) {
      const { state } = opened(terms, T0);
      for (const { tranche: index, minute } of Deadline.all(state)) {
        const claim = { verb: "claim", by: STRANGER, tranche: index } as const;
        expect(Refusal.is(Machine.decide(state, claim, minute - 1))).toBe(true);
        expect(Refusal.is(Machine.decide(state, claim, minute))).toBe(false);
      }
    }
  });
});
