import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Abi from "./Abi.ts";
import type { Address, Ledger } from "./Ledger.ts";
import * as Quorum from "./Quorum.ts";
import * as Rehearsal from "./Rehearsal.ts";
import { person } from "./testing/Deal.ts";

const GENESIS = 1_803_859_200;
const members = ["one", "two", "three"].map((name) => person(name).address);
let ledger: Rehearsal.Rehearsal;
beforeAll(async () => {
  ledger = await Rehearsal.open({ genesis: GENESIS });
});
afterAll(() => ledger.close());

const at = { at: GENESIS };
const membersOf = async (address: Address, kind: Quorum.Kind) => {
  const to = (await ledger.head()).number;
  const [log] = await ledger.logs({ address: [address], from: 0, to });
  return log && Abi.event(kind, log);
};

describe.each(["Panel", "SignedReports"] as const)("%s", (kind) => {
  const plan: Quorum.Plan = { kind, members, votes: 2 };

  test("behavior: stands where it was foretold, once, in whatever order its members are named", async () => {
    const foretold = Quorum.address(plan);
    expect(await ledger.code(foretold)).toBe("0x");
    expect(await Quorum.place(ledger, ledger.house, plan, at)).toBe(foretold);
    const { number } = await ledger.head();
    expect(await Quorum.place(ledger, ledger.house, { ...plan, members: members.toReversed() }, at)).toBe(foretold);
    expect((await ledger.head()).number).toBe(number);
    const created = await membersOf(foretold, kind);
    expect([created?.name, created?.args.quorum]).toEqual(["Created", 2n]);
    expect(Object.values(created?.args ?? {})[0]).toHaveLength(3);
    expect(Quorum.address({ ...plan, votes: 1 })).not.toBe(foretold);
  });

  test("behavior: on a chain without the deployer a fresh one is made", async () => {
    const code: Ledger["code"] = async (address) => (address === Quorum.DEPLOYER ? "0x" : ledger.code(address));
    const made = await Quorum.place({ ...ledger, code }, ledger.house, plan, at);
    expect(made).not.toBe(Quorum.address(plan));
    expect((await membersOf(made, kind))?.args.quorum).toBe(2n);
  });

  test.each([
    ["nobody", { members: [], votes: 1 }],
    ["the same one twice", { members: [...members, members[0]?.toUpperCase().replace("X", "x")], votes: 1 }],
    ["the zero address", { members: [`0x${"00".repeat(20)}`], votes: 1 }],
    ["no votes", { members, votes: 0 }],
    ["more votes than members", { members, votes: 4 }],
  ])("error: %s", (_, change) => {
    expect(() => Quorum.address({ ...plan, ...change } as Quorum.Plan)).toThrow(Quorum.BadQuorum);
  });
});
