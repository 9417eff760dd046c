import { Signature } from "ox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Abi from "./Abi.ts";
import * as Auth from "./Auth.ts";
import * as Escrow from "./Escrow.ts";
import type { Address, Hex } from "./Ledger.ts";
import * as Passkey from "./Passkey.ts";
import type { Signer, Typed } from "./Signer.ts";
import * as Authenticator from "./testing/Authenticator.ts";
import { hashOf, person, type Scene, scene, ZERO } from "./testing/Deal.ts";

const origin = "https://commenda.example";
const UNIT = 1_000_000n;
const SALT: Hex = `0x${"00".repeat(32)}`;
const DELIVERABLE = hashOf("deliverable");

let at: Scene;
let factory: Address;
beforeAll(async () => {
  at = await scene();
  factory = await at.ledger.deploy("AccountFactory", [], { at: at.day(0) });
});
afterAll(() => at.ledger.close());

const phone = Authenticator.open({ origin, name: "phone" });
const laptop = Authenticator.open({ origin, name: "laptop" });
const typed: Typed = {
  domain: { name: "Somebody", version: "1", chainId: 31_337, verifyingContract: person("somebody").address },
  types: { Words: [{ name: "words", type: "string" }] },
  primaryType: "Words",
  message: { words: "I agree" },
};

/** A plan, its account, and the first signer as a `Signer`. */
function planned(signers: readonly Hex[], threshold = 1, salt = SALT) {
  const plan = { factory, signers, threshold, salt };
  const account = { chainId: at.ledger.chainId, address: Passkey.address(plan) };
  const [first = "0x"] = signers;
  return { plan, account, signer: Passkey.signer({ ...account, signer: first }, phone.sign) };
}

/** The house pays. */
const deployed = async (plan: Passkey.Plan) =>
  expect((await at.ledger.send(at.ledger.house, Passkey.deploy(plan), { at: at.ledger.now() })).ok).toBe(true);

async function approves(account: Passkey.Account, signature: Hex, words = typed): Promise<boolean> {
  const { hash } = Passkey.bound(account, words).message;
  const data = Abi.encode("PasskeyAccount", "isValidSignature", [hash, signature]);
  return (await at.ledger.call({ to: account.address, data })).startsWith("0x1626ba7e");
}

describe("a client whose only key is a passkey", () => {
  let client: Signer;
  let account: Passkey.Account;
  let plan: Passkey.Plan;
  let subject: Escrow.Subject;

  test("behavior: terms name its account before it exists", async () => {
    ({ plan, account, signer: client } = planned([Passkey.ofKey(factory, phone.publicKey)]));
    const execution = { calls: [], nonce: 0n, validUntil: at.day(1) };
    const signature = await client.sign(Passkey.typedData(account, execution));
    await expect(Passkey.simulate(at.ledger, account, execution, signature)).rejects.toMatchObject({
      refused: "NoAccount",
    });
    const args = [plan.signers, BigInt(plan.threshold), plan.salt];
    const answer = await at.ledger.call({ to: factory, data: Abi.encode("AccountFactory", "addressOf", args) });
    expect(String(Abi.decode("AccountFactory", "addressOf", answer)).toLowerCase()).toBe(account.address);
    expect(await at.ledger.code(account.address)).toBe("0x");
    expect(await Passkey.nextNonce(at.ledger, account)).toBe(0n);
    const parties = {
      ...{ client: account.address, provider: at.provider.address, clientDelegate: ZERO, providerDelegate: ZERO },
    };
    subject = { escrow: at.ledger.deployment.escrow, agreement: at.agreement({ parties }) };
  });

  test("behavior: the house creates it, and creating it again changes nothing", async () => {
    await deployed(plan);
    const code = await at.ledger.code(account.address);
    expect(code).not.toBe("0x");
    await deployed(plan);
    expect(await at.ledger.code(account.address)).toBe(code);
  });

  test("behavior: it lets the escrow take the money, without coin of its own", async () => {
    const { ledger, token, day } = at;
    const mint = Abi.encode("RehearsalToken", "mint", [account.address, 100_000n * UNIT]);
    await ledger.send(ledger.house, { to: token, data: mint }, { at: day(1) });
    const approve = Abi.encode("RehearsalToken", "approve", [subject.escrow, 100_000n * UNIT]);
    const nonce = await Passkey.nextNonce(ledger, account);
    const execution = { calls: [{ target: token, data: approve }], nonce, validUntil: day(2) };
    const signature = await client.sign(Passkey.typedData(account, execution));
    const receipt = await ledger.send(ledger.house, Passkey.execute(account, execution, signature), { at: day(1) });
    expect(receipt.ok).toBe(true);
    expect(await Passkey.nextNonce(ledger, account)).toBe(1n);
    const again = await Passkey.simulate(ledger, account, execution, signature).catch((error) => error);
    expect(again).toMatchObject({ name: "ExecutionRefused", next: "fix", refused: "WrongNonce" });
    expect(again.message).toContain("nonce is 1");
    expect(again.in("zh")).toContain("1");
  });

  test("behavior: it opens, and accepts by a relayer; the provider is paid", async () => {
    const { ledger, provider, day } = at;
    const clientSignature = await Escrow.signTerms(ledger, subject, client);
    const providerSignature = await Escrow.signTerms(ledger, subject, provider);
    const open = { verb: "open", clientSignature, providerSignature } as const;
    await Escrow.act(ledger, subject, open, { sender: ledger.house, at: day(3) });
    expect(await at.balance(account.address)).toBe(0n);
    const deliver = { verb: "deliver", tranche: 0, round: 0, deliverable: DELIVERABLE } as const;
    await Escrow.act(ledger, subject, deliver, { sender: provider, at: day(39) });
    const accept = { verb: "accept", tranches: 1, rounds: 0, deliverables: DELIVERABLE } as const;
    const id = Escrow.idOf(ledger, subject);
    const auth = await Auth.sign(client, Escrow.domain(ledger, subject.escrow), id, accept, { validUntil: day(50) });
    const before = await at.balance(provider.address);
    const { facts } = await Escrow.act(ledger, subject, accept, { sender: ledger.house, auth, at: day(41) });
    expect(facts).toMatchObject([{ kind: "paid", cause: "Acceptance", amount: 20_000n * UNIT }]);
    expect((await at.balance(provider.address)) - before).toBe(19_800n * UNIT);
  });

  test("error: calls that cannot be made are refused with the reason", async () => {
    const { ledger, token, day } = at;
    const nonce = await Passkey.nextNonce(ledger, account);
    const refused = async (target: Address, data: Hex, change: Partial<Passkey.Execution> = {}) => {
      const execution = { calls: [{ target, data }], nonce, validUntil: day(60), ...change };
      const signature = await client.sign(Passkey.typedData(account, execution));
      return Passkey.simulate(ledger, account, execution, signature).catch((error) => error);
    };
    const claim = await Escrow.prepare(ledger, subject, { verb: "claim", tranche: 1 });
    expect(await refused(subject.escrow, claim.data)).toMatchObject({
      ...{ name: "ActRefused", refusal: { refused: "TooEarly" } },
    });
    const transfer = Abi.encode("RehearsalToken", "transfer", [ledger.house.address, 1n]);
    expect(await refused(token, transfer)).toMatchObject({ name: "Reverted" });
    expect(await refused(ledger.house.address, transfer)).toMatchObject({ refused: "NoCode" });
    expect(await refused(token, transfer, { validUntil: day(1) })).toMatchObject({ refused: "SignatureExpired" });
    expect(await refused(account.address, Abi.encode("PasskeyAccount", "addSigners", [["0x"]]))).toMatchObject({
      refused: "BadSigner",
    });
    const lastOne = Abi.encode("PasskeyAccount", "removeSigners", [plan.signers]);
    expect(await refused(account.address, lastOne)).toMatchObject({
      refused: "MultiSignerERC7913UnreachableThreshold",
    });
    const execution = { calls: [], nonce, validUntil: day(60) };
    const signature = await client.sign(typed);
    await expect(Passkey.simulate(ledger, account, execution, signature)).rejects.toMatchObject({
      refused: "NotSigned",
    });
    expect(
      await Passkey.simulate(ledger, account, execution, await client.sign(Passkey.typedData(account, execution))),
    ).toBe("0x");
  });

  test("error: another passkey's signature is refused, and so is this one's for another account", async () => {
    const own = Passkey.ofKey(factory, phone.publicKey);
    const stranger = Passkey.signer({ ...account, signer: own }, laptop.sign);
    expect(await approves(account, await stranger.sign(typed))).toBe(false);
    const second = planned([own], 1, hashOf("second"));
    await deployed(second.plan);
    const signature = await second.signer.sign(typed);
    expect(await approves(second.account, signature)).toBe(true);
    expect(await approves(account, signature)).toBe(false);
  });

  test("behavior: whichever of the two values of s a device gives", async () => {
    for (const _ of [1, 2]) expect(await approves(account, await client.sign(typed))).toBe(true);
  });
});

describe("an organisation of a passkey and two wallets", () => {
  test("behavior: two of them sign, in whichever order they came", async () => {
    const [ada, bo] = [person("ada"), person("bo")];
    const key = Passkey.ofKey(factory, phone.publicKey);
    const { plan, account } = planned([key, Passkey.ofWallet(ada.address), Passkey.ofWallet(bo.address)], 2);
    await deployed(plan);
    const asked = Passkey.challenge(account, typed);
    const one = { signer: key, signature: Passkey.encode(await phone.sign(asked), asked) };
    const sign = async (who: Signer) => ({
      ...{ signer: Passkey.ofWallet(who.address), signature: await who.sign(Passkey.bound(account, typed)) },
    });
    const [two, three] = [await sign(ada), await sign(bo)];
    for (const parts of [
      [one, two],
      [two, one],
      [three, two],
    ]) {
      expect(await approves(account, Passkey.join(parts))).toBe(true);
    }
    for (const parts of [[one], [two, two], []]) expect(await approves(account, Passkey.join(parts))).toBe(false);
  });
});

describe("what no account would take", () => {
  const asked = hashOf("challenge");

  test("error: signers that could never act together", () => {
    const key = Passkey.ofKey(factory, phone.publicKey);
    const wrong: [readonly Hex[], number, string][] = [
      [[], 1, "signers"],
      [[key, key.toUpperCase().replace("0X", "0x") as Hex], 1, "signers"],
      [[key], 0, "threshold"],
      [[key], 1.5, "threshold"],
      [[key], 2, "threshold"],
    ];
    for (const [signers, threshold, field] of wrong) {
      const refused = expect.objectContaining({ name: "BadSigners", field });
      expect(() => Passkey.address({ factory, signers, threshold, salt: SALT })).toThrow(refused);
      expect(() => Passkey.deploy({ factory, signers, threshold, salt: SALT })).toThrow(refused);
    }
    expect(() => Passkey.fromCose("0xa10101")).toThrow(expect.objectContaining({ name: "BadSigners" }));
  });

  test("error: a registration, another challenge, a user who was not verified, a signature of another form", async () => {
    const good = await phone.sign(asked);
    const careless = Authenticator.open({ origin, name: "careless", verifiesUser: false });
    const wrong: [Passkey.Assertion, string][] = [
      [{ ...good, clientDataJSON: good.clientDataJSON.replace("webauthn.get", "webauthn.create") }, "clientDataJSON"],
      [await phone.sign(hashOf("another")), "clientDataJSON"],
      [await careless.sign(asked), "authenticatorData.flags"],
      [{ ...good, authenticatorData: "0x" }, "authenticatorData.flags"],
      [{ ...good, signature: "0x3044" }, "signature"],
      [{ ...good, signature: `0x${"ff".repeat(64)}` }, "signature"],
    ];
    for (const [assertion, field] of wrong) {
      const refused = expect.objectContaining({ name: "BadAssertion", field });
      expect(() => Passkey.encode(assertion, asked)).toThrow(refused);
    }
  });

  test("behavior: r and s of 32 bytes each count as well as DER", async () => {
    const good = await phone.sign(asked);
    const raw = Signature.toHex(Signature.fromDerHex(good.signature));
    expect(raw.length).toBe(2 + 128);
    expect(Passkey.encode({ ...good, signature: raw }, asked)).toBe(Passkey.encode(good, asked));
  });
});
