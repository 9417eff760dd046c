import { expect, test } from "vitest";
import * as ChangeOrder from "./ChangeOrder.ts";
import * as Example from "./Example.ts";
import { problemsOf } from "./InputError.ts";
import * as Terms from "./Terms.ts";

const before = Example.terms();
const after = Example.terms({
  replaces: Terms.hash(before),
  salt: `0x${"11".repeat(32)}`,
  milestones: before.milestones.map((milestone, index) =>
    index === 2 ? { ...milestone, due: "2027-05-14T10:00Z", review: "10 days" } : milestone,
  ),
});

test("behavior: a successor that keeps parties, money and place passes", () => {
  expect(ChangeOrder.parse(after, before)).toEqual(after);
  expect(ChangeOrder.hash(after)).not.toBe(Terms.hash(before));
});

test("behavior: lists what changed", () => {
  expect(ChangeOrder.changes(before, after)).toEqual([
    { field: "milestones[2].due", before: "2027-04-30T10:00Z", after: "2027-05-14T10:00Z" },
    { field: "milestones[2].review", before: "7 days", after: "10 days" },
  ]);
  const { outcome: _, ...without } = before;
  expect(ChangeOrder.changes(before, without)).toContainEqual({
    field: "outcome.amount",
    before: "45000",
    after: undefined,
  });
});

test("behavior: an address is one whatever its case", () => {
  const provider = { ...after.parties.provider, address: "0xd2D2D2D2d2D2D2D2D2d2D2d2d2D2D2D2D2D2d2D2" };
  expect(ChangeOrder.check(before, { ...after, parties: { ...after.parties, provider } })).toEqual([]);
});

test("error: another id, party, token or registrar", () => {
  const other = Example.terms({
    replaces: `0x${"22".repeat(32)}`,
    registrar: { kind: "chain", chainId: 1, escrow: before.parties.client.address },
    currency: { ...before.currency, token: `0x${"71".repeat(20)}` },
    parties: { ...before.parties, client: { ...before.parties.client, address: `0x${"c2".repeat(20)}` } },
  });
  expect(problemsOf(() => ChangeOrder.parse(other, before)).map(({ name, field }) => [name, field])).toEqual([
    ["ClauseConflict", "replaces"],
    ["ClauseConflict", "parties.client.address"],
    ["ClauseConflict", "currency.token"],
    ["ClauseConflict", "registrar.chainId"],
    ["ClauseConflict", "registrar.escrow"],
  ]);
});

test("behavior: counts what opening needs, and who adds or gets back the difference", () => {
  const agreement = Terms.toAgreement(after);
  // 20,000 + 25,000, of the launch 2,500 and of the outcome 4,500 as termination fees; then all of the outcome.
  expect([ChangeOrder.needed(agreement), ChangeOrder.needed(agreement, 0b1000)]).toEqual([
    52_000_000_000n,
    92_500_000_000n,
  ]);
  expect([ChangeOrder.money(40n, 52n), ChangeOrder.money(60n, 52n), ChangeOrder.money(52n, 52n)]).toEqual([
    { fromClient: 12n, toClient: 0n },
    { fromClient: 0n, toClient: 8n },
    { fromClient: 0n, toClient: 0n },
  ]);
});
