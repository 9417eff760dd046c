import { describe, expect, test } from "vitest";
import * as Rehearsal from "./Rehearsal.ts";
import * as Statement from "./Statement.ts";
import { deal } from "./testing/Deals.ts";
import * as ModelStage from "./testing/ModelStage.ts";

const play = async (more: string) => {
  const [played] = await Rehearsal.play(deal(more), ModelStage.open);
  if (!played) throw new Error("no run");
  return played;
};
const unit = 1_000_000n;

const DISPUTE = `arbitration: { deposit: 1000 }
happens:
  - signed and opened
  - { on: day 39, delivered: one }
  - { on: day 40, accepted: one, note: { en: gladly, zh: 欣然 } }
  - { on: day 69, delivered: two }
  - { on: day 72 08:00, contested: { milestone: two, by: client } }
  - { on: day 73, answered: two }
  - { on: day 90, ruled: { milestone: two, share: 40 % } }
`;

describe("a statement", () => {
  test("behavior: tells who was paid what, when, for what and by which rule", async () => {
    const { payments } = Statement.of(await play(DISPUTE));
    expect(payments.map(({ from, to, amount, cause, rules }) => [from, to, amount / unit, cause, ...rules])).toEqual([
      ["client", "escrow", 20_000n, "Funding", 2],
      ["client", "escrow", 30_000n, "Funding", 2],
      ["client", "escrow", 50_000n, "Funding", 2],
      ["escrow", "provider", 19_800n, "Acceptance", 8],
      ["client", "escrow", 1_000n, "Deposit", 15],
      ["provider", "escrow", 1_000n, "Deposit", 15],
      ["escrow", "provider", 400n, "Deposit", 15],
      ["escrow", "client", 600n, "Deposit", 15],
      ["escrow", "panel member 2", 500n, "Arbitration", 15],
      ["escrow", "panel member 3", 500n, "Arbitration", 15],
      ["escrow", "provider", 11_880n, "Ruling", 14],
      ["escrow", "platform", 120n, "Fee", 3],
      ["escrow", "client", 18_000n, "Ruling", 14],
    ]);
  });

  test("behavior: no unit is missing: what was paid in was paid out or is held", async () => {
    const { accounts, held, left } = Statement.of(await play(DISPUTE));
    const sum = accounts.reduce((total, { paid, received }) => total + paid - received, 0n);
    expect(sum).toBe(held);
    expect(held).toBe(50_200n * unit);
    expect(left).toEqual([
      { title: { en: "three", zh: "three" }, held: 50_000n * unit, claimableAt: 30_064_320 + 107 * 1440 },
    ]);
  });

  test("behavior: divides each tranche; deposits and fees are no part of it", async () => {
    const { lines, net } = Statement.of(await play(DISPUTE));
    expect(
      lines.map(({ title, toProvider, fee, toClient }) => [title.en, toProvider / unit, fee / unit, toClient / unit]),
    ).toEqual([
      ["one", 20_000n, 200n, 0n],
      ["two", 12_000n, 120n, 18_000n],
    ]);
    expect(net).toEqual({ provider: 31_080n * unit, client: 82_400n * unit, platform: 120n * unit });
  });

  test("behavior: is shown in English", async () => {
    const text = Statement.show(await play(DISPUTE), "en");
    expect(text).toContain("The rules alone: play money, and no proof to anybody else.");
    expect(text).toContain('2027-04-10 00:00  Client Ltd accepts "one". (gladly)');
    expect(text).toMatch(
      /2027-04-10 00:00 {2}the escrow {4}Provider Ltd +CNY 19,800\.00 {2}Acceptance \(rule 8\) +one/,
    );
    expect(text).toContain("three: CNY 50,000.00; anyone may claim it from 2027-06-16 00:00");
    expect(text).toContain("CNY 50,200.00 in the escrow still");
    expect(text).not.toMatch(/undefined|\[object|NaN/);
  });

  test("behavior: and all of it in Chinese", async () => {
    const text = Statement.show(await play(DISPUTE), "zh");
    expect(text).toContain("2027-04-10 00:00  甲公司验收“one”。（欣然）");
    expect(text).toMatch(/托管 {2,}仲裁小组成员 2 +CNY 500\.00 {2}仲裁费（规则 15）/);
    const english = text.replaceAll(/\b(one|two|three|CNY|UTC|gas|Commenda)\b|0x[0-9a-f]+/g, "").match(/[A-Za-z]{3,}/g);
    expect(english).toBeNull();
  });

  test("behavior: headings are bold where the terminal can, and nothing else is", async () => {
    const bold = Statement.show(await play(DISPUTE), "en", (text) => `<b>${text}</b>`);
    expect(bold.split("\n").filter((line) => line.startsWith("<b>"))).toHaveLength(6);
  });

  test("behavior: credits are told apart from what was paid", async () => {
    const played = await play(
      "happens:\n  - signed and opened\n  - { on: day 39, blacklisted: provider }\n  - { on: day 40, accepted: one }\n",
    );
    const { net, credits, payments, held } = Statement.of(played);
    expect(net.provider).toBe(0n);
    expect(credits).toEqual([{ name: "provider", amount: 19_800n * unit }]);
    expect(payments.at(-1)).toMatchObject({ to: "provider", isCredit: true });
    expect(held).toBe(100_000n * unit);
    expect(Statement.show(played, "en")).toContain("refused by the token, kept as a credit");
  });

  test("behavior: a refused act is shown with its rule", async () => {
    const played = await play("happens:\n  - signed and opened\n  - { rejected: one, refused: WrongStage }\n");
    expect(Statement.show(played, "en")).toContain("refused: WrongStage (rule 5)");
    expect(Statement.show(played, "zh")).toContain("被拒绝：WrongStage（规则 5）");
  });

  test("behavior: for programs, amounts are decimal text and times UTC", async () => {
    const json = JSON.parse(JSON.stringify(Statement.toJson(await play(DISPUTE))));
    expect(json).toMatchObject({
      title: { en: "Sample", zh: "样例" },
      currency: { code: "CNY", scale: 6 },
      agreements: [{ id: expect.stringMatching(/^0x[0-9a-f]{64}$/), stages: ["Paid", "Ended", "Active"] }],
      net: { provider: "31080", client: "82400", platform: "120" },
      held: "50200",
    });
    expect(json.payments[3]).toEqual({
      at: "2027-04-10T00:00Z",
      from: "escrow",
      to: "provider",
      amount: "19800",
      cause: "Acceptance",
      rules: [8],
      for: { en: "one", zh: "one" },
    });
    expect(json.steps[2]).toMatchObject({
      at: "2027-04-10T00:00Z",
      by: "client",
      note: { en: "gladly", zh: "欣然" },
      events: [{ kind: "paid", cause: "Acceptance", tranche: 0 }],
    });
  });
});

describe("held against what the file expects", () => {
  test("behavior: nothing to say when it is so", async () => {
    const played = await play(DISPUTE);
    expect(
      Statement.differences(
        Statement.of(played),
        { provider: 31080, client: "82400", platform: "120" },
        played.currency,
      ),
    ).toEqual([]);
    expect(Statement.differences(Statement.of(played), undefined, played.currency)).toEqual([]);
  });

  test("error: tells each difference in both languages", async () => {
    const played = await play(DISPUTE);
    expect(Statement.differences(Statement.of(played), { provider: 1, platform: 120 }, played.currency)).toEqual([
      { en: "provider: CNY 31,080.00, expected CNY 1.00", zh: "乙方：CNY 31,080.00，预期 CNY 1.00" },
    ]);
  });
});
