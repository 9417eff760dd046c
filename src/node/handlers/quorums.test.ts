import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../api/index.ts";
import type { Address } from "../../ledger/Ledger.ts";
import * as Contract from "../../ledger/Quorum.ts";
import * as Rehearsal from "../../ledger/Rehearsal.ts";
import type { Place, User } from "../Call.ts";
import * as Browser from "../identity/testing/Browser.ts";
import * as House from "../identity/testing/House.ts";

const GENESIS = 1_803_859_200;
const members = ["ada", "bo", "chen"].map((name) => Browser.wallet(name).address as Address);
let ledger: Rehearsal.Rehearsal;
let place: Place;
let house: House.House;
let user: User;
let organisation: string;

beforeAll(async () => {
  ledger = await Rehearsal.open({ genesis: GENESIS });
  place = { ledger, escrow: ledger.deployment.escrow, relayer: ledger.house };
  house = await House.open(place, GENESIS + 86_400);
  user = await house.user("drafter");
  const { organisations } = await house.call("me.show", user, {});
  organisation = organisations[0]?.id ?? "";
});
afterAll(async () => {
  await house.close();
  await ledger.close();
});

const ask = (change = {}) => ({ organisation, kind: "panel", members, votes: 2, ...change });

describe("a panel, and reporters", () => {
  test.each(["panel", "reports"] as const)("behavior: %s are placed once, and say who they are", async (kind) => {
    const made = await house.call("quorum.create", user, ask({ kind }));
    expect(Table.table["quorum.create"].output.safeParse(made).error).toBeUndefined();
    expect(made).toEqual({ kind, address: made.address, members: members.toSorted(), votes: 2, deployed: true });
    const { number } = await ledger.head();
    const again = ask({ kind, members: members.toReversed() });
    expect(await house.call("quorum.create", user, again)).toEqual(made);
    expect((await ledger.head()).number).toBe(number);
    expect(await house.call("quorum.show", user, { kind, address: made.address })).toEqual(made);
  });

  test("behavior: two who ask at once are told the same", async () => {
    const input = ask({ votes: 3 });
    const both = await Promise.all([0, 1].map(() => house.call("quorum.create", user, input)));
    expect(both[0]).toEqual(both[1]);
  });

  test("behavior: on a chain that foretells no address the node remembers what it placed", async () => {
    const code: typeof ledger.code = async (at) => (at === Contract.DEPLOYER ? "0x" : ledger.code(at));
    const plain = await House.open({ ...place, ledger: { ...ledger, code } }, GENESIS + 86_400);
    const owner = await plain.user("owner");
    const { organisations } = await plain.call("me.show", owner, {});
    const input = ask({ organisation: organisations[0]?.id });
    const made = await plain.call("quorum.create", owner, input);
    expect(made.deployed).toBe(true);
    expect(await plain.call("quorum.create", owner, input)).toEqual(made);
    await plain.close();
  });

  test("behavior: where the node pays for nothing, the address and what to send", async () => {
    const { relayer: _, ...poor } = place;
    const plain = await House.open(poor, GENESIS + 86_400);
    const owner = await plain.user("owner");
    const { organisations } = await plain.call("me.show", owner, {});
    const input = ask({ organisation: organisations[0]?.id, votes: 1 });
    const { address, deployed, transaction } = await plain.call("quorum.create", owner, input);
    expect([deployed, transaction?.to]).toEqual([false, Contract.DEPLOYER]);
    expect(address).toBe(Contract.address({ kind: "Panel", members, votes: 1 }));
    await plain.close();
  });

  test("error: people who could never decide, contract accounts, what is no panel", async () => {
    const code = (change: object) => house.codeOf("quorum.create", user, ask(change));
    expect(await code({ votes: 4 })).toBe("BadQuorum");
    expect(await code({ members: [members[0], members[0]] })).toBe("BadQuorum");
    expect(await code({ members: [...members, place.escrow.toLowerCase()] })).toBe("bad-input");
    const address = place.escrow.toLowerCase();
    expect(await house.codeOf("quorum.show", user, { kind: "panel", address })).toBe("state-conflict");
  });

  test("error: more than the node pays for in an hour", async () => {
    const other = await house.user("busy drafter");
    const { organisations } = await house.call("me.show", other, {});
    const input = ask({ organisation: organisations[0]?.id });
    for (let k = 0; k < 20; k++) await house.call("quorum.create", other, input);
    expect(await house.codeOf("quorum.create", other, input)).toBe("too-many");
  });
});
