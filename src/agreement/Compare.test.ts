import { describe, expect, test } from "vitest";
import { compare } from "./Compare.ts";
import { ARBITRATION, agreement, classic, DAY, NO_ARBITRATION, T0, tranche } from "./testing/Sample.ts";

const one = agreement([tranche()]);
const english = (...args: Parameters<typeof compare>) => compare(...args).map(({ says }) => says.en);

describe("compare", () => {
  test("behavior: nothing changed, nothing said", () => {
    expect(compare(one, agreement([tranche()]))).toEqual([]);
    expect(compare(classic(), classic())).toEqual([]);
  });

  test("behavior: a longer review gives the client free days and locks money longer", () => {
    const longer = compare(one, agreement([tranche({ review: 40 * DAY })]));
    expect(longer[0]).toEqual({
      kind: "field",
      field: "work.tranches[0].review",
      favours: undefined,
      says: {
        en: "Review window of milestone 1: 10 days becomes 40 days.",
        zh: "里程碑 1 的验收期：由 10 天 改为 40 天。",
      },
    });
    expect(longer.find(({ field }) => field === "stalls.review[0]")).toEqual({
      kind: "ending",
      field: "stalls.review[0]",
      favours: "client",
      says: {
        en: "This gives the client 30 free days: The client can stay silent on a delivery of milestone 1 for up to 40 days.",
        zh: "使甲方多得 30 天：甲方可对里程碑 1 的交付保持沉默，最长 40 天。",
      },
    });
    expect(longer.find(({ field }) => field === "lock")?.says.en).toMatch(
      /^Money can be locked 120 days longer: until /,
    );
  });

  test("behavior: names are those given", () => {
    const speech = { client: { en: "Qinghe", zh: "清禾" }, provider: { en: "Lanting", zh: "蓝汀" } };
    const said = compare(one, agreement([tranche({ cure: 6 * DAY })]), { speech });
    expect(said.some(({ says }) => says.en.startsWith("This gives Lanting 3 free days"))).toBe(true);
    expect(said.some(({ says }) => says.zh.startsWith("使蓝汀多得 3 天"))).toBe(true);
  });

  test("behavior: a dearer milestone is worse for the client at worst, better for the provider at best", () => {
    const dearer = compare(one, agreement([tranche({ amount: 12_000n })]));
    const favours = Object.fromEntries(dearer.map((difference) => [difference.field, difference.favours]));
    expect(favours).toMatchObject({ "client.worst": "provider", "provider.best": "provider" });
    expect(favours).not.toHaveProperty("client.best");
  });

  test("behavior: clauses that open or close a way are said", () => {
    const terminable = english(one, agreement([tranche({ terminable: true, terminationFee: 100n })]));
    expect(terminable).toContainEqual(
      expect.stringMatching(/^A new ending: The client ends milestone 1 before its start/),
    );
    const unarbitrated = english(one, agreement([tranche()], { arbitration: NO_ARBITRATION }));
    expect(unarbitrated).toContainEqual(
      expect.stringMatching(/^No longer an ending: Milestone 1 is disputed and the arbitrator rules/),
    );
    const heavy = english(one, agreement([tranche()], { arbitration: { ...ARBITRATION, deposit: 6_000n } }));
    expect(heavy).toContainEqual(expect.stringMatching(/^New: Milestone 1 is worth less than twice the deposit/));
  });

  test("behavior: another last minute to open is one field", () => {
    expect(compare(one, agreement([tranche()], { openBy: T0 + 6 * DAY }))[0]).toMatchObject({
      field: "openBy",
      says: { en: "The last minute to open: 2027-03-06T00:00Z becomes 2027-03-07T00:00Z." },
    });
  });

  test("behavior: tranches that come and go, pauses and curves", () => {
    const more = agreement([tranche(), tranche({ amount: 5_000n })], {
      work: { pauses: [{ from: T0 + 20 * DAY, until: T0 + 27 * DAY }] },
    });
    expect(english(one, more)).toEqual(
      expect.arrayContaining([
        "Milestone 2 is new: 5000.",
        expect.stringMatching(/^The pauses of review: – becomes 2027-03-21/),
      ]),
    );
    expect(english(more, one)).toContain("Milestone 2 is gone: 5000.");
    const flat = { ...classic(), outcome: { ...classic().outcome, points: [{ value: 0n, pay: 0n }] } };
    expect(english(classic(), flat)).toContainEqual(
      expect.stringMatching(/^The payout curve: 0: 0, 50000: 30000, 60000: 45000 becomes 0: 0/),
    );
  });

  test("behavior: everything said is said in both languages", () => {
    for (const { says } of compare(one, classic())) {
      expect(says.en).toMatch(/^[\x20-\x7e–]+$/);
      expect(says.zh).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});
