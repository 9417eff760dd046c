import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../api/index.ts";
import * as Pack from "../../ledger/Pack.ts";
import * as Packing from "../../ledger/testing/Packing.ts";
import type { Place } from "../Call.ts";
import * as Checking from "../pack/Checking.ts";
import * as Drafting from "../testing/Drafting.ts";

const { codeOf } = Drafting;
let deal: Packing.Deal;
let node: Drafting.Node;
let pack: string;

beforeAll(async () => {
  deal = await Packing.begin();
  await Packing.play(deal);
  const escrow = deal.ledger.deployment.escrow.toLowerCase() as `0x${string}`;
  const place: Place = { ledger: deal.ledger, escrow, token: deal.token };
  node = await Drafting.begin(place, Packing.at("2027-02-01T00:00Z"));
  pack = Pack.write(await Pack.make(deal.ledger, deal.subject, { terms: deal.terms }));
});
afterAll(async () => {
  await node.close();
  await deal.close();
});

const verify = (file: string) => node.ask("pack.verify", { pack: file });

describe("pack.verify", () => {
  test("behavior: anybody is told what `commenda verify` tells, against the node's own ledger", async () => {
    const found = await verify(pack);
    expect(Table.table["pack.verify"].output.safeParse(found).error).toBeUndefined();
    expect(found).toMatchObject({ good: true, against: "rehearsal", chainId: deal.ledger.chainId });
    const expected = await Pack.verify(Pack.read(pack), { ledger: deal.ledger });
    expect(found.findings.map(({ name, what, why }) => ({ name, what, why }))).toEqual(
      expected.map(({ name, what, why }) => ({ name, what, why })),
    );
    expect(new Set(found.findings.map(({ proven }) => proven))).toEqual(new Set(["yes", "unchecked"]));
  });

  test("behavior: of another ledger it proves what it can by itself", async () => {
    const whole = Pack.read(pack);
    const found = await verify(Pack.write({ ...whole, ledger: { ...whole.ledger, chainId: 1 } }));
    expect(found).toMatchObject({ good: false, against: "nothing", chainId: 1 });
  });

  test("behavior: a lie is named", async () => {
    const whole = Pack.read(pack);
    const found = await verify(Pack.write({ ...whole, acts: whole.acts.slice(0, -2) }));
    expect(found.good).toBe(false);
    expect(found.findings.filter(({ proven }) => proven === "no").length).toBeGreaterThan(0);
  });

  test("error: what is no pack, and one that takes too long", async () => {
    for (const file of ["", "{}", pack.slice(0, -9)]) expect(await codeOf(verify(file))).toBe("wrong-file");
    expect(await codeOf(Checking.check(Pack.read(pack), { patience: 1 }))).toBe("wrong-file");
  });

  test("error: many at once wait for another time", async () => {
    const all = await Promise.all(
      Array.from({ length: 9 }, () => codeOf(Checking.check(Pack.read(pack), { patience: 1 }))),
    );
    expect(all).toEqual([...Array.from({ length: 8 }, () => "wrong-file"), "too-many"]);
    expect((await verify(pack)).good).toBe(true);
  });
});
