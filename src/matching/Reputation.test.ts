import fc from "fast-check";
import { expect, test } from "vitest";
import * as Reputation from "./Reputation.ts";

let next = 0;
const settled = (client: string, provider: string, value: number, more: Partial<Reputation.Settled> = {}) => ({
  agreement: `a${String(next++).padStart(6, "0")}`,
  at: next,
  client,
  provider,
  skills: ["react"],
  value: BigInt(value),
  onTime: true,
  dispute: "none" as const,
  held: "token" as const,
  ...more,
});
const options = { anchors: new Set(["bank", "shop"]), cap: 1_000n, unit: 100n };

test("behavior: a record by skill, with how the money was held", () => {
  const all = [
    settled("bank", "ada", 500),
    settled("shop", "ada", 300, { skills: ["react", "sql"], onTime: false, outcome: 9_000 }),
    settled("shop", "ada", 200, { skills: ["sql"], dispute: "lost", held: "custody" }),
    settled("shop", "ada", 9_000, { held: "direct" }),
    settled("bank", "bob", 100),
  ];
  const record = Reputation.recordOf(all, "ada", options);
  expect([...record.keys()]).toEqual(["", "react", "sql"]);
  const { quality, ...line } = record.get("") as Reputation.Line;
  expect(line).toEqual({
    settlements: 4,
    value: 10_000n,
    lost: 0n,
    credit: 1_000n,
    onTime: 3,
    disputes: { won: 0, lost: 1, split: 0 },
    outcome: 9_000,
    counterparties: 2,
    held: { token: 2, custody: 1, direct: 1 },
  });
  // Kept 5 + 3 × 0.45, broken 3 × 0.55 + 2.
  expect(quality).toBeGreaterThan(0.4);
  expect(record.get("sql")?.quality).toBeLessThan(record.get("react")?.quality ?? 0);
  expect(Reputation.recordOf(all, "nobody", options).get("")).toMatchObject({
    settlements: 0,
    quality: expect.closeTo(0.1, 9),
  });
});

test("behavior: one client's word is capped, however often it pays", () => {
  const often = Array.from({ length: 50 }, () => settled("bank", "ada", 500));
  expect(Reputation.recordOf(often, "ada", options).get("")?.credit).toBe(1_000n);
});

test("behavior: a ring that only pays itself has no credit and the bound of who never worked", () => {
  const ring = Array.from({ length: 200 }, (_, n) => settled(`r${n % 7}`, `r${(n + 1) % 7}`, 10_000));
  const { held } = Reputation.creditOf(ring, options);
  expect([...held.values()].every((credit) => credit === 0n)).toBe(true);
  expect(Reputation.recordOf(ring, "r1", options).get("")?.quality).toBeCloseTo(0.1, 9);
});

test("property: a ring never holds more credit than flowed into it from outside, whatever it does", () => {
  const party = fc.constantFrom("bank", "shop", "ada", "bob", "r1", "r2", "r3", "r4");
  const deal = fc.tuple(party, party, fc.integer({ min: 0, max: 3_000 }));
  fc.assert(
    fc.property(fc.array(deal, { maxLength: 80 }), (deals) => {
      const all = deals.map(([client, provider, value]) => settled(client, provider, value));
      const { held, behind } = Reputation.creditOf(all, options);
      const isRing = (name: string) => name.startsWith("r");
      const inflow = all.filter(({ client, provider }) => !isRing(client) && isRing(provider));
      const value = inflow.reduce((sum, each) => sum + (each.value as bigint), 0n);
      const ring = [...held].filter(([name]) => isRing(name)).reduce((sum, [, credit]) => sum + credit, 0n);
      expect(ring <= value).toBe(true);
      const weight = all
        .filter(({ provider }) => isRing(provider))
        .reduce((sum, { agreement }) => sum + (behind.get(agreement) ?? 0n), 0n);
      expect(weight <= value).toBe(true);
      expect([...held.values(), ...behind.values()].every((credit) => credit >= 0n)).toBe(true);
    }),
  );
});
