import { describe, expect, test } from "vitest";
import { InputError, Time } from "../agreement/index.ts";
import type { BadFile } from "./Errors.ts";
import * as Rehearsal from "./Rehearsal.ts";
import type { Open } from "./Stage.ts";
import * as Statement from "./Statement.ts";
import { deal, SAMPLE } from "./testing/Deals.ts";
import * as ModelStage from "./testing/ModelStage.ts";

const all = (more: string, open: Open = ModelStage.open) => Rehearsal.play(deal(more), open);
const play = async (happens: string, more = "", open: Open = ModelStage.open) => {
  const [played] = await all(`${more}happens:\n${happens}`, open);
  if (!played) throw new Error("no run");
  return played;
};
const refused = async (happens: string, more = "", open: Open = ModelStage.open): Promise<InputError.CommendaError> => {
  try {
    await play(happens, more, open);
  } catch (error) {
    if (error instanceof InputError.CommendaError) return error;
    throw error;
  }
  throw new Error("it went through");
};
const times = ({ steps }: Rehearsal.Played) => steps.map(({ at }) => Time.format(at));

describe("when things happen", () => {
  test("behavior: on the opening day, at the same time as the one before, or on a day", async () => {
    const played = await play(
      "  - signed and opened\n  - delivered: one\n  - { on: day 12 09:30, accepted: one }\n  - { on: 2027-04-01, delivered: two }\n",
    );
    expect(times(played)).toEqual(["2027-03-01T00:00Z", "2027-03-01T00:00Z", "2027-03-13T09:30Z", "2027-04-01T00:00Z"]);
  });

  test("error: not before the one before", async () => {
    const error = await refused(
      "  - signed and opened\n  - { on: day 12, delivered: one }\n  - { on: day 11, accepted: one }\n",
    );
    expect(error.in("en")).toContain(
      'line 14, column 7: happens[2].on: the dates are out of order. Found "day 11"; expected not before 2027-03-13 00:00 UTC, when the one before happened.',
    );
    expect(error.in("zh")).toContain("第 14 行第 7 列：happens[2].on：日期先后颠倒");
  });

  test("behavior: silence lets time pass, and what can be claimed is claimed at its first minute", async () => {
    const played = await play(
      "  - signed and opened\n  - { on: day 39 12:00, delivered: one }\n  - silence: 15 days\n  - accepted: two\n",
    );
    expect(times(played)).toEqual(["2027-03-01T00:00Z", "2027-04-09T12:00Z", "2027-04-19T12:01Z", "2027-04-24T12:00Z"]);
    expect(played.steps[2]?.transfers[0]).toMatchObject({ cause: "Silence", amount: 19_800_000_000n });
  });

  test("behavior: silence until a day, and to the end", async () => {
    const until = await play("  - signed and opened\n  - silence: until day 47\n");
    expect(times(until)).toEqual(["2027-03-01T00:00Z", "2027-04-17T00:00Z"]);
    const end = await play("  - signed and opened\n  - silence: to the end\n");
    expect(times(end)).toEqual(["2027-03-01T00:00Z", "2027-04-17T00:00Z", "2027-05-17T00:00Z", "2027-06-16T00:00Z"]);
  });

  test("behavior: a silence before opening changes nothing", async () => {
    expect((await play("  - silence: 1 day\n  - opened: true\n")).steps).toHaveLength(1);
  });

  test("behavior: everything that can be claimed, at once", async () => {
    const played = await play("  - signed and opened\n  - { on: day 200, claimed: everything }\n");
    expect(played.steps).toHaveLength(4);
  });
});

describe("a refusal", () => {
  test("error: stops the rehearsal with line, rule, and from when it would be allowed", async () => {
    const error = await refused(
      "  - signed and opened\n  - { on: day 39, delivered: one }\n  - { on: day 40, claimed: one }\n",
    );
    expect(error.name).toBe("RehearsalStopped");
    expect(error.in("en")).toBe(
      'deal.yaml: line 14, column 5: Anyone claims "one": refused by rule 9, TooEarly. Part 1: not before 2027-04-19T00:01Z. To show that it is refused, add `refused: TooEarly` to the entry.',
    );
    expect(error.in("zh")).toContain("规则 9 不允许，TooEarly。第 1 项：不得早于 2027-04-19T00:01Z。");
    expect(error.toProblem()).toMatchObject({ status: 422, refused: "TooEarly", rule: 9, line: 14, column: 5 });
  });

  test("behavior: that is expected is shown, and it goes on", async () => {
    const { steps } = await play(
      "  - signed and opened\n  - { rejected: one, refused: WrongStage }\n  - { on: day 12, accepted: one }\n",
    );
    expect(steps.map((step) => step.refused?.refused)).toEqual([undefined, "WrongStage", undefined]);
    expect(steps[1]).toMatchObject({ transfers: [], transactions: [] });
  });

  test("error: another than the expected one", async () => {
    expect((await refused("  - signed and opened\n  - { rejected: one, refused: TooLate }\n")).in("en")).toContain(
      "WrongStage",
    );
  });

  test("error: that was expected and did not come", async () => {
    const error = await refused("  - signed and opened\n  - { delivered: one, refused: TooLate }\n");
    expect(error.in("en")).toContain(
      'happens[1].refused: the value has the wrong form. Found "TooLate"; expected to be refused with TooLate, but it was carried out.',
    );
  });
});

describe("bad happenings", () => {
  test.each([
    [
      "an unknown milestone",
      "  - delivered: four\n",
      'happens[0].delivered: nothing has this name. Found "four"; expected one of one, two, three.',
    ],
    ["an unknown one in a list", "  - accepted: [one, four]\n", "happens[0].accepted: nothing has this name."],
    [
      "a ruling of half a percent",
      "  - ruled: { milestone: one, share: 0.5 % }\n",
      'happens[0].ruled.share: the value has the wrong form. Found "0.5 %"; expected a whole percent from 0 % to 100 %.',
    ],
    [
      "too few votes",
      "  - ruled: { milestone: one, share: 5 %, votes: 1 }\n",
      "happens[0].ruled.votes: the value has the wrong form. Found 1; expected 2 to 3 votes.",
    ],
    [
      "a date beyond the clock",
      "  - { on: day 90000, delivered: one }\n",
      "happens[0].on: the ledger cannot hold this time.",
    ],
    [
      "too many decimals",
      "  - settled: { provider: 0.0000001 }\n",
      "happens[0].settled.provider: the amount has more decimals than the currency.",
    ],
    [
      "a change order that is none",
      "  - signed and opened\n  - change order: { cure: 1 hour }\n",
      'line 13, column 21: happens[1]["change order"].cure: the window is too short',
    ],
    [
      "what a change order funds",
      "  - signed and opened\n  - change order: { cure: 9 days, fund: four }\n",
      '["change order"].fund: nothing has this name.',
    ],
  ])("error: %s", async (_why, happens, en) => {
    expect((await refused(happens)).in("en")).toContain(en);
  });

  test("error: a deal in which nothing happens", async () => {
    await expect(all("")).rejects.toThrow(
      "happens: this field is missing. Found nothing; expected what happens, to be rehearsed.",
    );
  });
});

describe("runs", () => {
  test("behavior: each begins anew after what happens in any case", async () => {
    const runs = `happens:
  - signed and opened
runs:
  - { title: { en: good, zh: 好 }, happens: [{ on: day 20, accepted: [one, two, three] }] }
  - { title: bad, happens: [silence: to the end] }
`;
    const played = await all(runs);
    expect(played.map(({ title }) => title)).toEqual([
      { en: "good", zh: "好" },
      { en: "bad", zh: "bad" },
    ]);
    expect(played.map((run) => Statement.of(run).net.provider)).toEqual([99_000_000_000n, 0n]);
    expect(played.map(({ expect: field }) => field)).toEqual(["runs[0].expect", "runs[1].expect"]);
  });

  test("error: in a later run is told where it stands", async () => {
    const error = await all(
      "runs:\n  - { title: a, happens: [signed and opened] }\n  - title: b\n    happens:\n      - signed and opened\n      - rejected: one\n",
    ).catch((one) => one as BadFile);
    expect((error as BadFile).in("en")).toContain("line 16, column 9: Client Ltd rejects");
  });
});

describe("change orders", () => {
  test("behavior: names follow the agreement in force, and days still count from the first opening", async () => {
    const played = await play(
      "  - signed and opened\n  - on: day 20\n    change order:\n      milestones: [{ name: new, amount: 40000, start: day 30, due: day 60 }]\n  - { on: day 59, delivered: new }\n  - silence: to the end\n",
    );
    expect(played.agreements.map(({ terms }) => terms.milestones.map(({ name }) => name))).toEqual([
      ["one", "two", "three"],
      ["new"],
    ]);
    expect(played.agreements[1]?.terms).toMatchObject({
      openBy: "2027-03-22T00:00Z",
      replaces: played.agreements[0]?.id,
    });
    expect(Statement.of(played).net).toEqual({
      provider: 39_600_000_000n,
      client: 40_000_000_000n,
      platform: 400_000_000n,
    });
    expect(
      (
        await refused(
          "  - signed and opened\n  - { on: day 20, change order: { milestones: [{ name: new, amount: 1, due: day 60 }] } }\n  - delivered: one\n",
        )
      ).in("en"),
    ).toContain("expected one of new.");
  });

  test("behavior: one that is refused leaves everything as it was", async () => {
    const happens =
      "  - signed and opened\n  - { on: day 10, contested: { milestone: one, by: provider } }\n  - { change order: { cure: 9 days }, refused: WrongStage }\n  - { on: day 11, accepted: one }\n";
    expect((await play(happens, "arbitration: { deposit: 1 }\n")).agreements).toHaveLength(1);
  });
});

describe("deposits of a settlement go to whom they belong unless told", () => {
  const setting = "arbitration: { deposit: 1000 }\n";
  const before =
    "  - signed and opened\n  - { on: day 12, contested: { milestone: one, by: provider } }\n  - { on: day 13, delivered: two }\n  - { on: day 14, contested: { milestone: two, by: client } }\n";
  test.each([
    ["", "settled: { provider: 35000 }", 34_650n],
    ["  - { on: day 15, answered: two }\n", "settled: { provider: 35000, client: 65000 }", 34_650n],
    ["", "settled: { provider: 35000, deposits: { provider: 0, client: 2000 } }", 33_650n],
  ])("behavior: %s%s", async (answered, settled, provider) => {
    const played = await play(`${before}${answered}  - { on: day 16, ${settled} }\n`, setting);
    expect(Statement.of(played).net.provider).toBe(provider * 1_000_000n);
  });

  test("error: a split that is not all that is held", async () => {
    const error = await refused(`${before}  - settled: { provider: 35000, client: 1 }\n`, setting);
    expect(error.in("en")).toContain("rule 12, BadSplit");
  });
});

describe("a stage that does something else than the rules foretell", () => {
  const lying =
    (lie: "steals" | "refuses" | "obliges"): Open =>
    async (needs) => {
      const stage = await ModelStage.open(needs);
      return {
        ...stage,
        async perform(at, deed) {
          const done = await stage.perform(at, deed);
          if (deed.act.verb === "open") return done;
          if (lie === "obliges") return { movements: [], facts: [], transactions: [] };
          if (lie === "refuses") return { refused: "NotOpen", rule: 1, facts: {} };
          if (!("movements" in done)) return done;
          return { ...done, movements: done.movements.map((one) => ({ ...one, amount: one.amount - 1n })) };
        },
      };
    };
  test.each([
    [
      "steals",
      "  - signed and opened\n  - { on: day 12, accepted: one }\n",
      "gained -19799999999, foretold were -19800000000",
    ],
    ["refuses", "  - signed and opened\n  - delivered: one\n", "by the rules done, on the ledger NotOpen"],
    [
      "obliges",
      "  - signed and opened\n  - { rejected: one, refused: WrongStage }\n",
      "by the rules WrongStage, on the ledger done",
    ],
  ] as const)("error: %s", async (lie, happens, en) => {
    const error = await refused(happens, "", lying(lie));
    expect(error.name).toBe("LedgerDisagrees");
    expect(error.in("en")).toContain(en);
    expect(error.in("zh")).toContain("这是 Commenda 的缺陷");
  });
});

test("behavior: a stage is closed also after an error", async () => {
  let open = 0;
  const counted: Open = async (needs) => {
    const stage = await ModelStage.open(needs);
    open += 1;
    const close = async () => {
      open -= 1;
    };
    return { ...stage, close };
  };
  await refused("  - delivered: one\n", "", counted);
  expect(open).toBe(0);
});

test("behavior: every act is told as it goes on", async () => {
  const told: string[] = [];
  await Rehearsal.play(
    deal("happens:\n  - signed and opened\n  - { on: day 12, accepted: one }\n", SAMPLE),
    ModelStage.open,
    {
      progress: (says) => told.push(says.zh),
    },
  );
  expect(told).toEqual(["双方已签署，协议生效。", "甲公司验收“one”。"]);
});

describe("nothing that is said goes unheard", () => {
  test.each([
    [
      "a silence that is refused",
      "  - { silence: 1 day, refused: TooEarly }\n",
      "happens[0].refused: this contradicts another clause.",
    ],
    ["a relayed list of the token", "  - { blacklisted: client, relayed: anyone }\n", "happens[0].relayed"],
    ["everything, with a tip", "  - { claimed: everything, tip: 1 }\n", "happens[0].tip"],
    [
      "a tip without a relayer",
      "  - { delivered: one, tip: 1 }\n",
      "expected a tip only where a relayer sends what one side signed.",
    ],
    [
      "a delegate who contests",
      "  - { contested: { milestone: one, by: client }, by: client's delegate }\n",
      "happens[0].by: this contradicts another clause.",
    ],
    ["a delegate of nobody", "  - { accepted: one, by: somebody }\n", "happens[0].by"],
    [
      "a ruling of nothing",
      "  - ruled: { milestone: one }\n",
      "happens[0].ruled.share: this field is missing. Found nothing; expected either a share, or refuses: true.",
    ],
    [
      "a share that is refused",
      "  - ruled: { milestone: one, share: 5 %, refuses: true }\n",
      "happens[0].ruled.refuses: this contradicts another clause.",
    ],
    ["a tip for opening", "  - { opened: true, relayed: anyone, tip: 1 }\n", "happens[0].tip"],
  ])("error: %s", async (_why, happens, en) => {
    expect((await refused(happens)).in("en")).toContain(en);
  });

  test("behavior: a ruling without a case, or a second one, is refused as a claim", async () => {
    const setting = "arbitration: { kind: ERC-792, deposit: 1 }\n";
    expect(
      (await refused("  - signed and opened\n  - ruled: { milestone: one, share: 5 % }\n", setting)).in("en"),
    ).toContain("TooEarly");
    const twice = "  - { ruled: { milestone: one, share: 5 % } }\n";
    const before =
      "  - signed and opened\n  - { on: day 12, contested: { milestone: one, by: provider } }\n  - answered: one\n  - arbitrated: one\n";
    expect((await refused(`${before}${twice}${twice}`, setting)).in("en")).toContain("WrongStage");
  });
});
