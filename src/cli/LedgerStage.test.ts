import { describe, expect, test } from "vitest";
import * as LedgerStage from "./LedgerStage.ts";
import * as Rehearsal from "./Rehearsal.ts";
import * as Statement from "./Statement.ts";
import { deal, SAMPLE } from "./testing/Deals.ts";

// A rehearsal compares every act on the ledger with what the rules foretell, so that to come to an end is to agree.
const play = async (more: string, sample?: string) => {
  const [played] = await Rehearsal.play(deal(more, sample), LedgerStage.open);
  if (!played) throw new Error("no run");
  const { net, transactions, held, credits } = Statement.of(played);
  const facts = played.steps.flatMap((step) => step.facts.map(({ kind }) => kind));
  return { net, transactions, held, credits, facts, played };
};
const unit = 1_000_000n;

describe("on the rehearsal ledger, act by act as the rules foretell", () => {
  test("behavior: rejection, part acceptance, a ruling on the rest", async () => {
    const { net, facts } = await play(`
arbitration: { deposit: 1000 }
happens:
  - signed and opened
  - { on: day 30, delivered: one }
  - { rejected: one }
  - { on: day 31, delivered: one }
  - { on: day 33, accepted in part: { milestone: one, share: 60 % } }
  - { on: day 35, contested: { milestone: one, by: provider } }
  - { on: day 36, answered: one }
  - { on: day 40, ruled: { milestone: one, share: 25 %, votes: 3 } }
  - { on: day 50, contested: { milestone: two, by: provider } }
  - silence: 6 days
  - { on: day 99, delivered: three }
  - { on: day 100, contested: { milestone: three, by: client } }
  - { on: day 101, accepted: three }
`);
    // 12,000 + 2,000 of one; half of two, unanswered; three in full. Of the deposits on one 250 and 750 came back.
    expect(net.provider).toBe((13_860n + 14_850n + 49_500n - 750n) * unit);
    expect(net.platform).toBe((140n + 150n + 500n) * unit);
    expect(facts.filter((kind) => kind === "ruling")).toHaveLength(1);
    expect(facts.at(-1)).toBe("closed");
  });

  test("behavior: relayed acts with a tip, from the signer's payout, else from its account", async () => {
    const { net, played } = await play(`
happens:
  - { opened: true, relayed: anyone }
  - { on: day 30, delivered: one, relayed: anyone, tip: 3 }
  - { on: day 31, accepted: one, relayed: provider }
  - { on: day 32, rejected: two, relayed: anyone, refused: WrongStage }
  - { on: day 60, payee named: { en: a splitter, zh: 分账 }, relayed: anyone }
  - { on: day 65, delivered: two, relayed: client }
  - { on: day 66, accepted: two, relayed: anyone, tip: 1.50 }
  - { on: day 90, settled: { provider: 20000 }, relayed: anyone }
`);
    expect(net.provider).toBe((19_800n + 29_700n + 19_800n - 3n) * unit);
    const { accounts } = Statement.of(played);
    expect(accounts.find(({ name }) => name === "anyone")?.received).toBe(4_500_000n);
    expect(accounts.find(({ name }) => name === "a splitter")?.received).toBe(49_500n * unit);
  });

  test("behavior: an outside arbitrator takes the case and rules, and the fronter gets a deposit", async () => {
    const { net, facts, played } = await play(`
arbitration: { kind: ERC-792, deposit: 1000 }
happens:
  - signed and opened
  - { on: day 30, delivered: one }
  - { on: day 31, contested: { milestone: one, by: client } }
  - { on: day 32, answered: one }
  - { arbitrated: one }
  - { on: day 33, ruled: { milestone: one, share: 60 % } }
  - { on: day 65, delivered: two }
  - { on: day 66, contested: { milestone: two, by: client } }
  - { on: day 67, answered: two }
  - { arbitrated: two }
  - silence: to the end
`);
    expect(facts).toContain("dispute");
    expect(facts).toContain("ruling");
    const fronted = Statement.of(played).accounts.find(({ name }) => name === "anyone");
    expect(fronted?.received).toBe(2_000n * unit);
    // Of each dispute one deposit was split as the tranche was: 600 and, by the fallback share, 500.
    expect(net.provider).toBe((11_880n + 14_850n - 400n - 500n) * unit);
  });

  test("behavior: staged funding, a lapse, a termination, an extension by each side", async () => {
    const { net, held } = await play(
      `
happens:
  - { opened: { fund: two } }
  - { on: day 15, extended: one }
  - { on: day 38, funded: three }
  - { on: day 38, terminated: two }
  - { on: day 45, delivered: one }
  - silence: 11 days
  - { on: day 80, extended: three }
  - { on: day 105, delivered: three }
  - { on: day 106, accepted: three }
  - silence: to the end
`,
      `title: Staged
opening: 2027-03-01
parties: { client: { name: A }, provider: { name: B } }
currency: { code: EUR, scale: 2 }
platformFee: 3 %
openBy: day 5
milestones:
  - { name: one, amount: 20000, start: day 10, due: day 40, extension: { by: client, days: 7, price: 100 } }
  - { name: two, amount: 30000, start: day 40, due: day 70, fundBy: day 39, termination: 300 }
  - { name: three, amount: 50000, start: day 70, due: day 100, fundBy: day 39, termination: 500, extension: { by: provider, days: 10, price: 250 } }
  - { name: four, amount: 10000, start: day 75, due: day 110, fundBy: day 39, termination: 50 }
`,
    );
    expect(held).toBe(0n);
    expect(net.client).toBe((20_000n + 100n + 300n + 50_000n - 250n + 50n) * 100n);
    expect(net.provider).toBe(net.client - net.platform);
  });

  test("behavior: a default value, a contested report, and share accepted", async () => {
    const outcome =
      "\nfee: 142857.14\noutcome: { metric: users, target: 100, floor: 70 %, measuredAt: day 130 }\nhappens:\n  - signed and opened\n  - { on: day 90, accepted: [one, two, three] }\n";
    const sample = `title: Result
opening: 2027-03-01
parties: { client: { name: A }, provider: { name: B } }
currency: CNY
milestones:
  - { name: one, amount: 20000, start: day 10, due: day 40 }
  - { name: two, amount: 30000, due: day 70 }
  - { name: three, amount: 49999.998, due: day 100 }
`;
    const silent = await play(`${outcome}  - silence: to the end\n`, sample);
    expect(silent.net.client).toBe(99_999_998_000n);
    const contested = await play(
      `${outcome}  - { on: day 131, reported: 100 }\n  - { on: day 132, contested: { milestone: outcome, by: client } }\n  - { on: day 133, ruled: { milestone: outcome, share: 50 % } }\n`,
      sample,
    );
    expect(contested.net.client).toBe(99_999_998_000n + 42_857_142_000n / 2n);
    expect(contested.facts).toContain("reported");
  });

  test("behavior: a delegate revoked, a credit pushed in vain and then in fact", async () => {
    const { net, credits, facts } = await play(`
happens:
  - { delegate revoked: client, refused: NothingToRevoke }
  - signed and opened
  - { on: day 30, blacklisted: client }
  - silence: 20 days
  - { credit pushed: client }
  - { unlisted: client }
  - { credit pushed: client }
  - { blacklisted: provider }
  - { blacklisted: platform }
  - { on: day 55, accepted: two }
`);
    expect(facts).toContain("credited");
    expect(facts).toContain("creditPaid");
    expect(net.client).toBe(80_000n * unit);
    expect(credits).toEqual([{ name: "provider", amount: 29_700n * unit }]);
  });

  test("behavior: delegates deliver, reject and accept; they contest nothing, and nothing any more once revoked", async () => {
    const sample = SAMPLE.replace("乙公司 } }", `乙公司 }, delegate: "0x${"d1".repeat(20)}" }`).replace(
      "甲公司 } }",
      `甲公司 }, delegate: "0x${"d2".repeat(20)}" }`,
    );
    const { net, played } = await play(
      `
happens:
  - signed and opened
  - { on: day 30, delivered: one, by: provider's delegate }
  - { rejected: one, by: client's delegate }
  - { on: day 31, delivered: one, by: provider's delegate, relayed: anyone }
  - { accepted: one, by: provider's delegate, refused: NotAuthorised }
  - { on: day 32, accepted in part: { milestone: one, share: 60 % }, by: client's delegate }
  - { on: day 33, delivered: one }
  - { accepted: one, by: client's delegate }
  - { delegate revoked: provider }
  - { on: day 65, delivered: two, by: provider's delegate, refused: NotAuthorised }
  - { on: day 66, delivered: two }
  - { on: day 67, accepted: two }
  - { on: day 95, accepted: three }
`,
      sample,
    );
    expect(net.provider).toBe(99_000n * unit);
    const [, delivered] = played.steps;
    expect(delivered?.by).toBe("provider's delegate");
    expect(delivered?.says.en).toBe('The delegate of Provider Ltd delivers "one".');
    expect(delivered?.says.zh).toBe("乙公司的代理人交付“one”。");
  });

  test.each(["panel", "ERC-792"])("behavior: a %s that refuses to rule leaves the fallback share", async (kind) => {
    const { net, facts, played } = await play(`
arbitration: { kind: ${kind}, deposit: 1000, fallback: 30 % }
happens:
  - signed and opened
  - { on: day 30, delivered: one }
  - { on: day 31, contested: { milestone: one, by: client } }
  - { on: day 32, answered: one }
${kind === "panel" ? "" : "  - { arbitrated: one }\n"}  - { on: day 33, ruled: { milestone: one, refuses: true } }
  - { on: day 60, settled: { provider: 0 } }
`);
    expect(facts).toContain("ruling");
    // 30 % of one, less the fee; of the two deposits, one went to who ruled, and of the other 30 % came back.
    expect(net.provider).toBe((6_000n - 60n - 1_000n + 300n) * unit);
    const said = played.steps.map(({ says }) => says);
    expect(said.some(({ en }) => en.includes("refuses to rule: the fallback share of the terms, 30 %"))).toBe(true);
    expect(said.some(({ zh }) => zh.includes("拒绝裁决：乙公司按条款约定比例得 30 %"))).toBe(true);
  });

  test("behavior: a revoked id never opens", async () => {
    const { transactions } = await play(`
happens:
  - { revoked: provider, relayed: anyone }
  - { opened: true, refused: AlreadyUsed }
`);
    expect(transactions).toBe(1);
  });

  test("behavior: a second change order, with another outcome, and a claim on the replaced one refused", async () => {
    const { played, net } = await play(`
happens:
  - signed and opened
  - on: day 20
    change order:
      fee: 100000
      milestones: [{ name: all, share: 50 %, start: day 30, due: day 60 }]
      outcome: { metric: share accepted, points: [{ value: 0, pay: 0 }, { value: 10000, pay: 50000 }] }
    relayed: anyone
  - on: day 25
    change order:
      milestones: [{ name: rest, amount: 10000, due: day 60, fundBy: day 27, start: day 27 }]
      outcome: { metric: days late, points: [{ value: 0, pay: 2000 }, { value: 1, pay: 0 }] }
      openBy: day 26
      fund: rest
  - { on: day 55, accepted: rest }
  - { claimed: everything }
`);
    expect(played.agreements).toHaveLength(3);
    expect(played.agreements[1]?.terms.replaces).toBe(played.agreements[0]?.id);
    expect(net.client).toBe(12_000n * unit);
  });
});
