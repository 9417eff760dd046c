import { describe, expect, test } from "vitest";
import type { Agreement, Arbitration, Outcome, Parties, Tranche, Work } from "./Agreement.ts";
import * as Example from "./Example.ts";
import * as Terms from "./Terms.ts";
import { type Known, validateAgreement } from "./Validity.ts";

const sound = Terms.toAgreement(Example.terms());
const { client, provider } = sound.parties;
const { arbitrator } = sound.arbitration;
const { source } = sound.outcome;
const zero = `0x${"0".repeat(40)}` as const;

type Change = {
  openBy?: number;
  parties?: Partial<Parties>;
  work?: Partial<Work>;
  arbitration?: Partial<Arbitration>;
  outcome?: Partial<Outcome>;
  /** Changes to tranches by index. */
  tranches?: Record<number, Partial<Tranche>>;
};

function changed({ openBy = sound.openBy, parties, work, arbitration, outcome, tranches = {} }: Change): Agreement {
  return {
    ...sound,
    openBy,
    parties: { ...sound.parties, ...parties },
    work: {
      ...sound.work,
      tranches: sound.work.tranches.map((tranche, index) => ({ ...tranche, ...tranches[index] })),
      ...work,
    },
    arbitration: { ...sound.arbitration, ...arbitration },
    outcome: { ...sound.outcome, ...outcome },
  };
}

const found = (change: Change, known: Known = {}) =>
  validateAgreement(changed(change), known).map(({ error, field }) => [error, field]);

test("behavior: the example is sound", () => {
  expect(validateAgreement(sound, { codeAt: () => true, escrow: `0x${"e5".repeat(20)}` })).toEqual([]);
});

test("behavior: gives the contract's error and tranche, and says it to people", () => {
  const [violation] = validateAgreement(changed({ tranches: { 2: { review: 4_319 } } }));
  expect(violation).toMatchObject({ error: "WindowTooShort", field: "work.tranches[2].review", tranche: 2 });
  expect(violation?.problem.message).toBe(
    "work.tranches[2].review: the window is too short to act in. Found 4319; expected at least 3 days. Lengthen it.",
  );
});

describe("parties", () => {
  test.each<[string, Change, string[]]>([
    ["client zero", { parties: { client: zero } }, ["parties.client"]],
    ["provider zero", { parties: { provider: zero } }, ["parties.provider"]],
    ["client is provider", { parties: { provider: client } }, ["parties.provider"]],
    ["arbitrator is client", { arbitration: { arbitrator: client } }, ["arbitration.arbitrator"]],
    ["arbitrator is provider", { arbitration: { arbitrator: provider } }, ["arbitration.arbitrator"]],
    ["reporter is client", { outcome: { source: client } }, ["outcome.source"]],
    ["reporter is provider", { outcome: { source: provider } }, ["outcome.source"]],
    ["reporter is arbitrator", { outcome: { source: arbitrator } }, ["outcome.source"]],
    ["client's delegate is provider", { parties: { clientDelegate: provider } }, ["parties.clientDelegate"]],
    ["client's delegate is arbitrator", { parties: { clientDelegate: arbitrator } }, ["parties.clientDelegate"]],
    ["provider's delegate is client", { parties: { providerDelegate: client } }, ["parties.providerDelegate"]],
    ["provider's delegate is reporter", { parties: { providerDelegate: source } }, ["parties.providerDelegate"]],
    [
      "one delegate for both",
      { parties: { clientDelegate: sound.parties.providerDelegate } },
      ["parties.providerDelegate"],
    ],
  ])("error: %s", (_, change, fields) => {
    expect(found(change)).toEqual(fields.map((field) => ["PartiesNotDistinct", field]));
  });

  test("behavior: a party may be its own delegate, and case does not make two of one", () => {
    expect(found({ parties: { clientDelegate: client } })).toEqual([]);
    expect(found({ parties: { provider: client.toUpperCase().replace("0X", "0x") as typeof client } })).toEqual([
      ["PartiesNotDistinct", "parties.provider"],
    ]);
  });

  test("error: the escrow as a party or as receiver of fees", () => {
    expect(found({}, { escrow: client })).toEqual([["PartiesNotDistinct", "parties.client"]]);
    expect(found({}, { escrow: sound.work.feeRecipient })).toEqual([["BadReceiver", "work.feeRecipient"]]);
  });
});

describe("fee, token and tranches", () => {
  test("behavior: the fee ends at 300 bps", () => {
    expect([found({ work: { feeBps: 300 } }), found({ work: { feeBps: 301 } })]).toEqual([
      [],
      [["FeeOverCap", "work.feeBps"]],
    ]);
  });

  test("error: a fee that nobody receives", () => {
    expect(found({ work: { feeRecipient: zero } })).toEqual([["BadReceiver", "work.feeRecipient"]]);
    expect(found({ work: { feeRecipient: zero, feeBps: 0 } })).toEqual([]);
  });

  test("error: a token without code", () => {
    expect(found({}, { codeAt: (address) => address !== sound.work.token })).toEqual([
      ["TokenWithoutCode", "work.token"],
    ]);
  });

  test("error: nine tranches, or no milestone", () => {
    const { tranches } = sound.work;
    const nine = [...tranches.slice(0, 1), ...tranches, ...tranches].slice(0, 9);
    expect(found({ work: { tranches: nine, payByResult: true } })).toContainEqual(["TrancheCount", "work.tranches"]);
    expect(found({ work: { tranches: tranches.slice(3) } })).toEqual([["TrancheCount", "work.tranches"]]);
  });

  test("behavior: the fee of an amount is at least one base unit", () => {
    const extension = { extender: 0, extensionDays: 0, extensionPrice: 0n, terminationFee: 0n } as const;
    expect([99n, 100n, 0n].map((amount) => found({ tranches: { 1: { ...extension, amount } } }))).toEqual([
      [["BadAmount", "work.tranches[1].amount"]],
      [],
      [["BadAmount", "work.tranches[1].amount"]],
    ]);
    expect(
      found({
        work: {
          feeBps: 0,
          tranches: sound.work.tranches.map((tranche, index) =>
            index === 1 ? { ...tranche, ...extension, amount: 1n } : tranche,
          ),
        },
      }),
    ).toEqual([]);
  });

  test.each<[string, Change, [string, string][]]>([
    [
      "start after due",
      { tranches: { 0: { start: (sound.work.tranches[0]?.due ?? 0) + 1 } } },
      [["BadDates", "work.tranches[0].due"]],
    ],
    [
      "review under three days",
      { tranches: { 0: { review: 4_319 } } },
      [["WindowTooShort", "work.tranches[0].review"]],
    ],
    ["cure under three days", { tranches: { 0: { cure: 0 } } }, [["WindowTooShort", "work.tranches[0].cure"]]],
    ["challenge under three days", { tranches: { 3: { review: 0 } } }, [["WindowTooShort", "work.tranches[3].review"]]],
    [
      "funded after start",
      { tranches: { 2: { fundBy: (sound.work.tranches[2]?.start ?? 0) + 1 } } },
      [["BadDates", "work.tranches[2].fundBy"]],
    ],
    [
      "funded before open",
      { tranches: { 2: { fundBy: sound.openBy - 1 } } },
      [["BadDates", "work.tranches[2].fundBy"]],
    ],
    [
      "outcome funded after the last start",
      { tranches: { 3: { fundBy: (sound.work.tranches[2]?.start ?? 0) + 1 } } },
      [["BadDates", "work.tranches[3].fundBy"]],
    ],
    [
      "termination dearer than the tranche",
      { tranches: { 2: { terminationFee: 25_000_000_001n } } },
      [["BadOption", "work.tranches[2].terminationFee"]],
    ],
    [
      "days without an extender",
      { tranches: { 0: { extensionDays: 1 } } },
      [["BadOption", "work.tranches[0].extensionDays"]],
    ],
    [
      "price without an extender",
      { tranches: { 0: { extensionPrice: 1n } } },
      [["BadOption", "work.tranches[0].extensionPrice"]],
    ],
    [
      "extender without days",
      { tranches: { 1: { extensionDays: 0 } } },
      [["BadOption", "work.tranches[1].extensionDays"]],
    ],
    [
      "provider's price as dear as the tranche",
      { tranches: { 1: { extensionPrice: 25_000_000_000n } } },
      [["BadOption", "work.tranches[1].extensionPrice"]],
    ],
    [
      "extension of the outcome",
      { tranches: { 3: { extender: 1, extensionDays: 1 } } },
      [["BadOption", "work.tranches[3].extender"]],
    ],
  ])("error: %s", (_, change, expected) => {
    expect(found(change)).toEqual(expected);
  });

  test("behavior: boundaries that hold", () => {
    const start = sound.work.tranches[2]?.start ?? 0;
    expect(
      found({
        tranches: {
          0: { review: 4_320, cure: 4_320 },
          1: { extender: 1, extensionPrice: 10n ** 20n },
          2: { fundBy: start, terminationFee: 25_000_000_000n },
          3: { cure: 0, fundBy: start },
        },
      }),
    ).toEqual([]);
  });

  test("error: of sequential milestones, one behind the first that starts before the opening", () => {
    const openBy = (sound.work.tranches[1]?.start ?? 0) + 1;
    const early = ["BadDates", "work.tranches[1].start"];
    expect(found({ openBy, work: { sequential: true } })).toContainEqual(early);
    expect(found({ openBy, work: { sequential: false } })).not.toContainEqual(early);
    expect(found({ openBy: openBy - 1, work: { sequential: true } })).not.toContainEqual(early);
  });

  test("error: open by after due, once a tranche", () => {
    const openBy = (sound.work.tranches[1]?.due ?? 0) + 1;
    const work = { sequential: false };
    expect(found({ openBy, work, tranches: { 2: { fundBy: 0 }, 3: { fundBy: 0 } } })).toEqual([
      ["BadDates", "work.tranches[0].due"],
      ["BadDates", "work.tranches[1].due"],
    ]);
    expect(validateAgreement(changed({ openBy }))[0]?.problem.others).toEqual(["openBy"]);
  });
});

describe("pauses", () => {
  const pauses = (...list: [number, number][]) =>
    found({ work: { pauses: list.map(([from, until]) => ({ from, until })) } });

  test("behavior: pauses may touch, and last 30 days", () => {
    expect(pauses([0, 43_200], [43_200, 43_201])).toEqual([]);
  });

  test("error: unsorted, overlapping, empty, too long, too many", () => {
    expect([
      pauses([10, 20], [5, 8]),
      pauses([10, 20], [19, 30]),
      pauses([10, 10]),
      pauses([0, 43_201]),
      pauses([0, 1], [1, 2], [2, 3], [3, 4], [4, 5]),
    ]).toEqual([
      [["BadPauses", "work.pauses[1].from"]],
      [["BadPauses", "work.pauses[1].from"]],
      [["BadPauses", "work.pauses[0].until"]],
      [["BadPauses", "work.pauses[0].until"]],
      [["BadPauses", "work.pauses"]],
    ]);
  });
});

test("error: arbitration that nobody could use", () => {
  expect([
    found({ arbitration: { fallbackBps: 10_001 } }),
    found({ arbitration: { arbitrator: zero } }),
    found({ arbitration: { answerWithin: 4_319 } }),
    found({ arbitration: { ruleWithin: 7_200 + 4_319 } }),
    found({ arbitration: { deposit: 0n, answerWithin: 0, ruleWithin: 4_320 } }),
    found({ arbitration: { deposit: 0n, answerWithin: 0, ruleWithin: 4_319 } }),
    found({ arbitration: { arbitrator: zero, deposit: 0n, panel: false, ruleWithin: 0, answerWithin: 0 } }),
  ]).toEqual([
    [["BadArbitration", "arbitration.fallbackBps"]],
    [
      ["BadArbitration", "arbitration.deposit"],
      ["BadArbitration", "arbitration.panel"],
    ],
    [["BadArbitration", "arbitration.answerWithin"]],
    [["BadArbitration", "arbitration.ruleWithin"]],
    [],
    [["BadArbitration", "arbitration.ruleWithin"]],
    [],
  ]);
});

test("error: an outcome that does not fit", () => {
  const point = (value: bigint, pay: bigint) => ({ value, pay });
  const reportAt = sound.work.tranches[3]?.start ?? 0;
  expect([
    found({ outcome: { metric: 0 } }),
    found({ outcome: { source: zero } }),
    found({ outcome: { metric: 2 } }),
    found({ outcome: { metric: 2, source: zero } }),
    found({ tranches: { 3: { due: reportAt } } }),
    found({ outcome: { points: [] } }),
    found({ outcome: { points: Array.from({ length: 9 }, (_, value) => point(BigInt(value), 0n)) } }),
    found({ outcome: { points: [point(1n, 0n)] } }),
    found({ outcome: { points: [point(0n, 0n), point(5n, 1n), point(5n, 2n)] } }),
    found({ outcome: { points: [point(0n, 45_000_000_001n)] } }),
    found({ work: { payByResult: false, tranches: sound.work.tranches.slice(0, 3) } }),
  ]).toEqual([
    [["BadOutcome", "outcome.metric"]],
    [["BadOutcome", "outcome.source"]],
    [["BadOutcome", "outcome.source"]],
    [],
    [["BadOutcome", "work.tranches[3].due"]],
    [["BadCurve", "outcome.points"]],
    [["BadCurve", "outcome.points"]],
    [["BadCurve", "outcome.points[0].value"]],
    [["BadCurve", "outcome.points[2].value"]],
    [["BadCurve", "outcome.points[0].pay"]],
    [
      ["BadOutcome", "outcome.metric"],
      ["BadOutcome", "outcome.points"],
      ["BadOutcome", "outcome.source"],
    ],
  ]);
});
