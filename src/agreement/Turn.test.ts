import { describe, expect, test } from "vitest";
import type { Act } from "./Act.ts";
import * as State from "./State.ts";
import * as Turn from "./Turn.ts";
import { opened, play } from "./testing/Play.ts";
import { ARBITRATOR, agreement, CLIENT, classic, DAY, PROVIDER, T0, tranche } from "./testing/Sample.ts";

const playing = (...acts: Act[]) =>
  play(
    opened(agreement(), T0).state,
    acts.map((act, k) => [T0 + (20 + k) * DAY, act]),
  ).state;
const deliver: Act = { verb: "deliver", by: PROVIDER, tranche: 0, round: 0 };
const contest: Act = { verb: "contest", by: CLIENT, byClient: true, tranche: 0, round: 0 };
const answer: Act = { verb: "answer", by: PROVIDER, tranche: 0, round: 0 };
const turn = (state: State.State, tranche = 0) => Turn.of(state, tranche).map(({ by, verb }) => `${by} ${verb}`);

describe("whose move it is", () => {
  test("behavior: nobody's before it is opened, nor after the end", () => {
    expect(turn(State.unopened(agreement()))).toEqual([]);
    const accepted = playing({ verb: "accept", by: CLIENT, tranches: 1, rounds: [0] });
    expect(turn(accepted)).toEqual([]);
  });

  test("behavior: deliver, accept or reject, contest, answer, rule", () => {
    expect(turn(playing())).toEqual(["provider deliver"]);
    expect(turn(playing(deliver))).toEqual(["client accept"]);
    expect(turn(playing(deliver, { verb: "reject", by: CLIENT, tranche: 0, round: 0 }))).toEqual(["provider deliver"]);
    expect(turn(playing(deliver, contest))).toEqual(["provider answer"]);
    expect(turn(playing({ verb: "contest", by: PROVIDER, byClient: false, tranche: 0, round: 0 }))).toEqual([
      "client answer",
    ]);
    expect(turn(playing(deliver, contest, answer))).toEqual(["arbitrator rule"]);
  });

  test("behavior: of an arbitrator elsewhere either side takes the dispute there, and then it rules", () => {
    const one = agreement();
    const elsewhere = { ...one, arbitration: { ...one.arbitration, panel: false, arbitrator: ARBITRATOR } };
    const disputed = play(opened(elsewhere, T0).state, [
      [T0 + 20 * DAY, deliver],
      [T0 + 21 * DAY, contest],
      [T0 + 22 * DAY, answer],
    ]).state;
    expect(turn(disputed)).toEqual(["client arbitrate", "provider arbitrate"]);
    const sent = play(disputed, [[T0 + 23 * DAY, { verb: "arbitrate", by: CLIENT, tranche: 0, cost: 0n, number: 1n }]]);
    expect(turn(sent.state)).toEqual(["arbitrator rule"]);
  });

  test("behavior: what is not funded is the client's, what is to be measured the reporters'", () => {
    const staged = agreement([tranche(), tranche({ fundBy: T0 + 7 * DAY })]);
    expect(turn(opened(staged, T0).state, 1)).toEqual(["client fund"]);
    const outcome = classic();
    const { state } = opened(outcome, T0);
    expect(turn(state, outcome.work.tranches.length - 1)).toEqual(["reporter report"]);
  });
});
