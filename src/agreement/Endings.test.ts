import { describe, expect, test } from "vitest";
import type { Agreement } from "./Agreement.ts";
import * as Endings from "./Endings.ts";
import * as Acts from "./endings/Acts.ts";
import * as Machine from "./Machine.ts";
import * as Refusal from "./Refusal.ts";
import * as BruteForce from "./testing/BruteForce.ts";
import { opened } from "./testing/Play.ts";
import {
  ARBITRATION,
  agreement,
  classic,
  DAY,
  NO_ARBITRATION,
  NO_OUTCOME,
  SOURCE,
  T0,
  tranche,
} from "./testing/Sample.ts";

const PARTIES = ["client", "provider", "platform"] as const;
const last = tranche({ amount: 1_000n, cure: 0, start: T0 + 60 * DAY, due: T0 + 70 * DAY });
const points = [
  { value: 0n, pay: 100n },
  { value: 2n, pay: 900n },
  { value: 9n, pay: 300n },
];

/** Kinds with their ranges, totals and lock, as both ways find them. */
function compared(agreement: Agreement, options: Partial<BruteForce.Options> = {}) {
  const found = Endings.endings(agreement, { from: T0 });
  const values = agreement.outcome.points.map(({ value }) => value);
  const shares = Acts.ofMilestone(agreement, 0).shares;
  const all = { from: T0, shares, rulings: [0n, 1n, 50n, 101n], values };
  const forced = BruteForce.run(agreement, { ...all, ...options });
  const locked = BruteForce.run(agreement, {
    from: T0,
    shares: [5_000],
    rulings: [0n],
    values: values.slice(-1),
    diligent: true,
    lateOnly: true,
  });
  const listed = found.endings.filter(({ byConsent }) => !byConsent);
  const kinds = Object.fromEntries(
    listed.map((one) => [
      `${one.tranche} ${one.kind}`,
      Object.fromEntries(PARTIES.map((party) => [party, [one[party].min, one[party].max]])),
    ]),
  );
  const totals = Object.fromEntries(
    PARTIES.map((party) => [party, [found[party].worst.sums[party], found[party].best.sums[party]]]),
  );
  return {
    found: { kinds, totals, until: found.lock.until },
    forced: { kinds: Object.fromEntries(forced.kinds), totals: forced.totals, until: locked.until },
  };
}

describe("endings equal brute force", () => {
  const outcomes = { work: { feeBps: 0, payByResult: true }, arbitration: NO_ARBITRATION };

  test("behavior: one milestone with a panel and deposits", () => {
    const { found, forced } = compared(agreement([tranche()]));
    expect(found).toEqual(forced);
  });

  test("behavior: one milestone with every option and an ERC-792 arbitrator", () => {
    const rich = tranche({
      terminable: true,
      terminationFee: 777n,
      extender: 2,
      extensionDays: 5,
      extensionPrice: 100n,
      fundBy: T0 + 6 * DAY,
    });
    const { found, forced } = compared(
      agreement([rich], { work: { feeBps: 0 }, arbitration: { ...ARBITRATION, panel: false } }),
      { rejections: 1 },
    );
    expect(found).toEqual(forced);
  });

  test("behavior: a milestone and a reported outcome", () => {
    const outcome = { ...NO_OUTCOME, metric: 1 as const, source: SOURCE, defaultValue: 2n, points };
    const { found, forced } = compared(agreement([tranche(), last], { ...outcomes, outcome }), {
      rejections: 1,
      shares: [9_999],
      lateOnly: true,
    });
    expect(found).toEqual(forced);
  });

  test("behavior: a milestone and an outcome by days late", () => {
    const outcome = { ...NO_OUTCOME, metric: 2 as const, lines: true, points };
    const terminable = { ...last, terminable: true, terminationFee: 10n };
    const { found, forced } = compared(agreement([tranche(), terminable], { ...outcomes, outcome }), {
      rejections: 1,
      shares: [9_999],
    });
    expect(found).toEqual(forced);
  });

  test("behavior: a milestone and an outcome by the share accepted", () => {
    const outcome = {
      ...NO_OUTCOME,
      metric: 3 as const,
      lines: true,
      points: [
        { value: 0n, pay: 0n },
        { value: 10_000n, pay: 900n },
      ],
    };
    const staged = { ...last, fundBy: T0 + 6 * DAY, terminationFee: 10n };
    const { found, forced } = compared(agreement([tranche(), staged], { ...outcomes, outcome }), {
      rejections: 1,
      shares: [1, 9_999],
    });
    expect(found).toEqual(forced);
  });
});

describe("endings", () => {
  const rich = agreement([
    tranche({
      terminable: true,
      terminationFee: 777n,
      extender: 1,
      extensionDays: 5,
      extensionPrice: 100n,
      fundBy: T0 + 6 * DAY,
    }),
  ]);

  test.each([
    ["panel", agreement([tranche(), tranche()])],
    ["options", rich],
    ["classic", classic()],
  ])("behavior: each milestone's path is played by decide and ends as it says (%s)", (_, one) => {
    const { endings, from } = Endings.endings(one);
    for (const { tranche, kind, path, byConsent } of endings) {
      if (byConsent || (one.work.payByResult && tranche === one.work.tranches.length - 1)) continue;
      const isFunded = path[1]?.verb !== "fund" && kind !== "unfunded";
      let { state } = opened(one, from, isFunded ? 255 : 0);
      let ending: string | undefined;
      for (const { act, at } of path.slice(1)) {
        if (!act) continue;
        const change = Machine.decide(state, act, at);
        if (Refusal.is(change)) {
          // Terminating and lapsing may start from an unfunded tranche.
          ({ state } = opened(one, from));
          continue;
        }
        state = change.state;
        ending = change.events.find(({ name }) => name === "Ended")?.ending ?? ending;
      }
      expect(ending).toBe(kind);
    }
  });

  test("behavior: the classic case, best and worst", () => {
    const { client, provider, platform, exact } = Endings.endings(classic());
    expect(exact).toBe(true);
    // Four lost disputes: a deposit of 500 each; the client's worst pays all and the same.
    expect(client.worst.sums.client).toBe(-117_000n);
    expect(client.best.sums.client).toBe(0n);
    expect(provider.worst.sums.provider).toBe(-2_000n);
    // 113,850, and one base unit more where a part acceptance splits a fee.
    expect(provider.best.sums.provider).toBe(113_853n);
    expect(platform.best.sums.platform).toBe(1_150n);
  });

  test("behavior: a client who does not fund the outcome turns 100 / 115 into 70 and the termination fee", () => {
    const deal = classic();
    const staged = deal.work.tranches.map((one, i) =>
      i === 3 ? { ...one, fundBy: T0 + 6 * DAY, terminationFee: 1_000n } : one,
    );
    const { endings, findings } = Endings.endings({ ...deal, work: { ...deal.work, tranches: staged } });
    const lapse = endings.find(({ tranche, kind }) => tranche === 3 && kind === "unfunded");
    expect(lapse).toMatchObject({ client: { min: -1_000n, max: -1_000n }, provider: { min: 990n, max: 990n } });
    expect(findings).toContainEqual(expect.objectContaining({ kind: "unfunded", tranche: 3 }));
  });

  test("behavior: with half of what is fixed unpaid, the outcome is bounded by what was paid", () => {
    const { endings } = Endings.endings(classic());
    const reported = endings.find(({ tranche, kind }) => tranche === 3 && kind === "reported");
    expect(reported?.client).toEqual({ min: -45_000n, max: 0n });
  });

  test("behavior: a pause lengthens the longest review and the lock", () => {
    const pauses = [{ from: T0 + 20 * DAY, until: T0 + 27 * DAY }];
    const [plain, paused] = [Endings.endings(agreement()), Endings.endings(agreement(undefined, { work: { pauses } }))];
    const review = ({ stalls }: Endings.Endings) => stalls.find(({ clause }) => clause === "review")?.minutes;
    expect([review(plain), review(paused)]).toEqual([10 * DAY, 17 * DAY]);
    expect(paused.lock.until).toBeGreaterThanOrEqual(plain.lock.until);
  });

  test("behavior: sequential milestones lock each other's money", () => {
    const two = (sequential: boolean) =>
      Endings.endings(agreement([tranche(), tranche()], { work: { sequential } })).locks;
    const [first = 0, second = 0] = two(true);
    expect(two(false)).toEqual([first, first]);
    expect(second - first).toBe(28 * DAY);
  });

  test("behavior: clauses that never apply are named", () => {
    const odd = agreement([tranche({ start: T0, terminable: true }), tranche({ terminationFee: 5n })], {
      arbitration: { ...ARBITRATION, deposit: 5_001n },
    });
    const said = Endings.endings(odd, { from: T0 }).findings.map(({ says }) => says.en);
    expect(said).toEqual([
      "Milestone 1 cannot be terminated: its start does not lie ahead when the agreement opens.",
      "Milestone 1 is worth less than twice the deposit: contesting it applies the fallback share at once.",
      "The termination fee of milestone 2 is never paid: it can neither be terminated nor stay unfunded.",
      "Milestone 2 is worth less than twice the deposit: contesting it applies the fallback share at once.",
    ]);
  });

  test("behavior: explain names the parties in both languages", () => {
    const speech = { client: { en: "Qinghe", zh: "清禾" }, provider: { en: "Lanting", zh: "蓝汀" } };
    const { en, zh } = Endings.explain(Endings.endings(classic(), { speech }));
    expect(en).toContain("Qinghe stays silent until review of milestone 1 ends");
    expect(zh).toContain("清禾在里程碑 1 验收期内未答复");
    expect(en).not.toMatch(/the client (accepts|contests)/);
  });

  test("behavior: three milestones, an outcome, options and disputes in under 2 s, eight tranches in under 10 s", () => {
    const build = (count: number) => {
      const milestones = Array.from({ length: count - 1 }, (_, i) =>
        tranche({
          amount: 10n ** 12n + 77_777n + BigInt(i),
          terminable: true,
          terminationFee: 3n * 10n ** 10n + 1n,
          extender: i % 2 === 0 ? 1 : 2,
          extensionDays: 5,
          extensionPrice: 10n ** 10n,
          fundBy: T0 + 6 * DAY,
        }),
      );
      const { outcome } = classic();
      return {
        ...agreement([...milestones, { ...last, amount: 10n ** 12n }], {
          work: { payByResult: true, sequential: true },
        }),
        outcome,
      };
    };
    for (const [count, limit] of [
      [4, 2_000],
      [8, 10_000],
    ] as const) {
      const started = performance.now();
      expect(Endings.endings(build(count)).endings.length).toBeGreaterThan(10 * count);
      expect(performance.now() - started).toBeLessThan(limit);
    }
  });
});
