import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as WalletProof from "../../api/WalletProof.ts";
import * as Abi from "../../ledger/Abi.ts";
import { NodeDown } from "../../ledger/Errors.ts";
import type { Address, Hex } from "../../ledger/Ledger.ts";
import * as Passkey from "../../ledger/Passkey.ts";
import * as Rehearsal from "../../ledger/Rehearsal.ts";
import * as Signer from "../../ledger/Signer.ts";
import * as Authenticator from "../../ledger/testing/Authenticator.ts";
import type { Place, User } from "../Call.ts";
import * as Deploy from "../identity/Deploy.ts";
import * as Browser from "../identity/testing/Browser.ts";
import * as House from "../identity/testing/House.ts";
import * as schema from "../store/schema.ts";

const GENESIS = 1_803_859_200;
const origin = "http://localhost:8420";
let ledger: Rehearsal.Rehearsal;
let place: Place;
let house: House.House;
let token: Address;
let factory: Address;
/** Whether the ledger answers. */
let isDown = false;

beforeAll(async () => {
  ledger = await Rehearsal.open({ genesis: GENESIS });
  factory = await ledger.deploy("AccountFactory", [], { at: GENESIS });
  token = await ledger.deploy("RehearsalToken", [6], { at: GENESIS });
  const send: typeof ledger.send = (...args) => (isDown ? Promise.reject(new NodeDown("here")) : ledger.send(...args));
  const { escrow } = ledger.deployment;
  place = { ledger: { ...ledger, send }, escrow, accounts: factory, relayer: ledger.house, token };
  house = await House.open(place, GENESIS + 86_400);
});
afterAll(async () => {
  await house.close();
  await ledger.close();
});

let people = 0;
async function own(): Promise<{ user: User; organisation: string }> {
  const user = await house.user(`person ${++people}`);
  const { organisations } = await house.call("me.show", user, {});
  return { user, organisation: organisations[0]?.id ?? "" };
}

describe("a wallet of an organisation", () => {
  test("behavior: is added by its own signature of the words, and added again without harm", async () => {
    const { user, organisation } = await own();
    const wallet = Browser.wallet("treasurer");
    const { address } = wallet;
    const signature = wallet.sign(WalletProof.text({ origin, organisation, address }));
    const input = { organisation, name: "treasury", address, signature };
    const added = await house.call("account.addWallet", user, input);
    expect(added).toMatchObject({
      address,
      kind: "wallet",
      deployed: true,
      threshold: 1,
      signers: [{ signer: address }],
    });
    expect(await house.call("account.addWallet", user, input)).toEqual(added);
    expect((await house.call("account.list", user, { organisation })).items).toEqual([added]);
  });

  test("error: words of another organisation, node or address, and another wallet's signature", async () => {
    const { user, organisation } = await own();
    const [wallet, other] = [Browser.wallet("treasurer"), Browser.wallet("thief")];
    const { address } = wallet;
    const right = { origin, organisation, address };
    const attempts: Hex[] = [
      other.sign(WalletProof.text(right)),
      wallet.sign(WalletProof.text({ ...right, origin: "https://elsewhere.example" })),
      wallet.sign(WalletProof.text({ ...right, organisation: "11111111-1111-4111-8111-111111111111" })),
      wallet.sign(WalletProof.text({ ...right, address: other.address })),
      "0x",
    ];
    for (const signature of attempts) {
      const code = await house.codeOf("account.addWallet", user, { organisation, name: "t", address, signature });
      expect(code).toBe("wrong-signature");
    }
  });
});

describe("a contract account", () => {
  const phone = Authenticator.open({ origin, name: "account phone" });
  const key = `0x${phone.publicKey.x.slice(2)}${phone.publicKey.y.slice(2)}`;

  test("behavior: of a passkey is deployed at the node's cost, and sends what the passkey signed, once", async () => {
    const { user, organisation } = await own();
    const input = { organisation, name: "mine", signers: [{ name: "phone", signer: key }] };
    const made = await house.call("account.create", user, input, "first");
    expect(made).toMatchObject({ kind: "passkey", deployed: true, threshold: 1, signers: input.signers });
    expect(await ledger.code(made.address as Address)).not.toBe("0x");
    expect((await house.call("account.create", user, input, "first")).address).toBe(made.address);
    expect((await house.call("account.create", user, input)).address).not.toBe(made.address);

    const account = { chainId: ledger.chainId, address: made.address as Address };
    const signer = Passkey.signer({ ...account, signer: Passkey.ofKey(factory, phone.publicKey) }, phone.sign);
    const data = Abi.encode("RehearsalToken", "approve", [ledger.deployment.escrow, 5n]);
    const validUntil = GENESIS + 90 * 86_400;
    const call = { to: token, data };
    const signed = async (nonce: bigint, by = signer) => ({
      ...{ organisation, address: made.address, calls: [call], nonce: nonce.toString(), validUntil },
      signature: await by.sign(Passkey.typedData(account, { calls: [{ target: token, data }], nonce, validUntil })),
    });
    const first = await signed(0n);
    const done = await house.call("account.execute", user, first, "execute once");
    expect(done).toMatchObject({ ok: true, transaction: expect.stringMatching(/^0x[0-9a-f]{64}$/) });
    expect(await Passkey.nextNonce(ledger, account)).toBe(1n);
    expect(await house.codeOf("account.execute", user, first)).toBe("act-refused");
    const refused = await house.call("account.execute", user, first, "execute once").catch((error) => error);
    expect(refused).toMatchObject({ code: "act-refused", members: { refused: "WrongNonce" } });
    const stranger = Authenticator.open({ origin, name: "stranger's phone" });
    const theirs = Passkey.signer({ ...account, signer: Passkey.ofKey(factory, stranger.publicKey) }, stranger.sign);
    expect(await house.codeOf("account.execute", user, await signed(1n, theirs))).toBe("wrong-signature");
    const other = await own();
    const foreign = { ...(await signed(1n)), organisation: other.organisation };
    expect(await house.codeOf("account.execute", other.user, foreign)).toBe("not-found");
  });

  test("error: past the second person whom the node asks it does not act on the escrow", async () => {
    const { user, organisation } = await own();
    const input = { organisation, name: "single", signers: [{ name: "phone", signer: key }] };
    const { address } = await house.call("account.create", user, input);
    await house.call("organisation.update", user, { organisation, above: "1" });
    const calls = [{ to: place.escrow.toLowerCase(), data: "0x" }];
    const asked = { organisation, address, calls, nonce: "0", validUntil: 1, signature: "0x" };
    expect(await house.codeOf("account.execute", user, asked)).toBe("approval-needed");
    const elsewhere = { ...asked, calls: [{ to: token.toLowerCase(), data: "0x" }] };
    expect(await house.codeOf("account.execute", user, elsewhere)).not.toBe("approval-needed");
  });

  test("behavior: of two signers that both must sign enforces the rule of two persons on the ledger", async () => {
    const { user, organisation } = await own();
    const signers = ["ada", "bo"].map((name) => ({ name, signer: Browser.wallet(name).address }));
    const made = await house.call("account.create", user, { organisation, name: "both", signers, threshold: 2 });
    expect(made).toMatchObject({ kind: "threshold", threshold: 2, deployed: true });
    const { rule } = await house.call("organisation.show", user, { organisation });
    expect(rule).toEqual({ enforcedBy: "ledger" });
  });

  test("behavior: is there to be named when the ledger is down, and is deployed later", async () => {
    const { user, organisation } = await own();
    const input = { organisation, name: "later", signers: [{ name: "phone", signer: key }] };
    isDown = true;
    const made = await house.call("account.create", user, input).finally(() => {
      isDown = false;
    });
    expect(made.deployed).toBe(false);
    expect(await ledger.code(made.address as Address)).toBe("0x");
    expect(await Deploy.deployPending(house.parts)).toBe(0);
    expect(await ledger.code(made.address as Address)).not.toBe("0x");
    expect((await house.call("account.list", user, { organisation })).items).toMatchObject([{ deployed: true }]);
    // Somebody else may have done it: that is found out as well.
    await house.parts.store.db
      .update(schema.account)
      .set({ deployed: false })
      .where(eq(schema.account.address, made.address));
    expect(await Deploy.deployPending(house.parts)).toBe(0);
  });

  test("error: signers that could never sign, or never together", async () => {
    const { user, organisation } = await own();
    const code = (signers: string[], threshold = 1) =>
      house.codeOf("account.create", user, {
        ...{ organisation, name: "bad", threshold, signers: signers.map((signer) => ({ name: "s", signer })) },
      });
    expect(await code([`0x${"00".repeat(20)}`])).toBe("bad-input");
    expect(await code([`0x${"11".repeat(64)}`])).toBe("bad-input");
    expect(await code([key, key])).toBe("BadSigners");
    expect(await code([key], 2)).toBe("BadSigners");
    expect((await house.call("account.list", user, { organisation })).items).toEqual([]);
  });

  test("error: a wallet's own calls, and calls nobody pays for", async () => {
    const { user, organisation } = await own();
    const wallet = Browser.wallet("pays for itself");
    const { address } = wallet;
    const signature = wallet.sign(WalletProof.text({ origin, organisation, address }));
    await house.call("account.addWallet", user, { organisation, name: "w", address, signature });
    const input = {
      organisation,
      address,
      calls: [{ to: token, data: "0x" }],
      nonce: "0",
      validUntil: 1,
      signature: "0x",
    };
    expect(await house.codeOf("account.execute", user, input)).toBe("state-conflict");
    const { relayer: _, ...rest } = place;
    const poor = await House.open(rest, GENESIS);
    const owner = await poor.user("of a poor house");
    const { organisations } = await poor.call("me.show", owner, {});
    const mine = organisations[0]?.id ?? "";
    const made = await poor.call("account.create", owner, {
      organisation: mine,
      name: "a",
      signers: [{ name: "p", signer: key }],
    });
    expect(made.deployed).toBe(false);
    const asked = { ...input, organisation: mine, address: made.address };
    expect(await poor.codeOf("account.execute", owner, asked)).toBe("state-conflict");
    await poor.close();
  });

  test("error: calls that need more gas than the node pays for", async () => {
    const { user, organisation } = await own();
    const input = { organisation, name: "dear", signers: [{ name: "phone", signer: key }] };
    const { address } = await house.call("account.create", user, input);
    const account = { chainId: ledger.chainId, address: address as Address };
    const signer = Passkey.signer({ ...account, signer: Passkey.ofKey(factory, phone.publicKey) }, phone.sign);
    const many = Array.from({ length: 10 }, (_, k) => Browser.wallet(`signer ${k}`).address);
    const calls = many.map((_, k) => {
      const salt = `0x${k.toString(16).padStart(64, "0")}` as const;
      return { target: factory, data: Passkey.deploy({ factory, signers: many, threshold: 1, salt }).data };
    });
    const execution = { calls, nonce: 0n, validUntil: GENESIS + 90 * 86_400 };
    const signature = await signer.sign(Passkey.typedData(account, execution));
    const asked = calls.map(({ target, data }) => ({ to: target, data }));
    const rest = { organisation, address, nonce: "0", validUntil: execution.validUntil, signature };
    const refused = await house.call("account.execute", user, { ...rest, calls: asked }).catch((error) => error);
    expect(refused).toMatchObject({ code: "act-refused", message: expect.stringContaining("gas") });
    expect(await Passkey.nextNonce(ledger, account)).toBe(0n);
  });

  test("error: more than the node pays for in an hour", async () => {
    const { user, organisation } = await own();
    const signer = Signer.fromKey(Browser.wallet("busy").privateKey).address;
    isDown = true;
    const codes = [];
    for (let k = 0; k < 21; k++) {
      codes.push(
        await house.codeOf("account.create", user, { organisation, name: "a", signers: [{ name: "s", signer }] }),
      );
    }
    isDown = false;
    expect([codes[19], codes[20]]).toEqual(["ok", "too-many"]);
    house.wait(3_600);
    expect(
      await house.codeOf("account.create", user, { organisation, name: "a", signers: [{ name: "s", signer }] }),
    ).toBe("ok");
  });
});

describe("what an account has", () => {
  const phone = Authenticator.open({ origin, name: "phone of the till" });
  const key = `0x${phone.publicKey.x.slice(2)}${phone.publicKey.y.slice(2)}`;
  const made = async () => {
    const { user, organisation } = await own();
    const signers = [{ name: "phone", signer: key }];
    const { address } = await house.call("account.create", user, { organisation, name: "till", signers });
    return { user, organisation, address };
  };
  const input = ({ organisation, address }: { organisation: string; address: string }) => ({ organisation, address });

  test("behavior: play money is made up to an amount, once, and what the escrow may take is told", async () => {
    const one = await made();
    const empty = { address: token, balance: "0", allowance: "0", scale: 6, play: true };
    expect(await house.call("account.show", one.user, input(one))).toMatchObject({ token: empty, nonce: "0" });
    const asked = { ...input(one), amount: "5000000" };
    const filled = await house.call("account.mint", one.user, asked, "once");
    expect(filled).toMatchObject({ token: { ...empty, balance: "5000000" }, address: one.address });
    for (const repeated of [asked, { ...asked, amount: "4000000" }])
      expect(await house.call("account.mint", one.user, repeated)).toMatchObject({ token: { balance: "5000000" } });
    expect(await house.call("account.mint", one.user, asked, "once")).toEqual(filled);
    const many = await Promise.all([0, 1].map(() => house.call("account.mint", one.user, { ...asked, amount: "7" })));
    expect(many.map((found) => found.token?.balance)).toEqual(["5000000", "5000000"]);
  });

  test("behavior: of another token, and of a wallet", async () => {
    const one = await made();
    const other = (await ledger.deploy("RehearsalToken", [2], { at: ledger.now() })).toLowerCase();
    const found = await house.call("account.show", one.user, { ...input(one), token: other });
    expect(found.token).toEqual({ address: other, balance: "0", allowance: "0", scale: 2, play: false });
    const { address } = Browser.wallet("holder");
    const { organisation, user } = one;
    const signature = Browser.wallet("holder").sign(WalletProof.text({ origin, organisation, address }));
    await house.call("account.addWallet", user, { organisation, name: "w", address, signature });
    expect(await house.call("account.show", user, { organisation, address })).not.toHaveProperty("nonce");
  });

  test("error: no token there, too much, another's account, real money", async () => {
    const one = await made();
    for (const wrong of [`0x${"ab".repeat(20)}`, factory.toLowerCase(), place.escrow.toLowerCase()])
      expect(await house.codeOf("account.show", one.user, { ...input(one), token: wrong })).toBe("bad-input");
    const asked = { ...input(one), amount: "1" };
    expect(await house.codeOf("account.mint", one.user, { ...asked, amount: "1".padEnd(32, "0") })).toBe("bad-input");
    const other = await own();
    for (const name of ["account.show", "account.mint"] as const)
      expect(await house.codeOf(name, other.user, { ...asked, organisation: other.organisation })).toBe(
        name === "account.show" ? "bad-input" : "not-found",
      );
    expect(await house.codeOf("account.show", other.user, { ...input(one), organisation: other.organisation })).toBe(
      "not-found",
    );
    const real = await House.open({ ...place, ledger: { ...ledger, kind: "chain" } }, GENESIS);
    const owner = await real.user("owner");
    const { organisations } = await real.call("me.show", owner, {});
    const code = await real.codeOf("account.mint", owner, { ...asked, organisation: organisations[0]?.id ?? "" });
    expect(code).toBe("state-conflict");
    await real.close();
  });
});
