import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Address } from "../../ledger/Ledger.ts";
import * as Passkey from "../../ledger/Passkey.ts";
import * as Rehearsal from "../../ledger/Rehearsal.ts";
import * as Signer from "../../ledger/Signer.ts";
import * as Authenticator from "../../ledger/testing/Authenticator.ts";
import type { Caller } from "../Call.ts";
import type { Store } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import { fresh } from "../testing/Database.ts";
import type { Identity } from "./Identity.ts";
import * as Personas from "./Personas.ts";
import * as SignIn from "./SignIn.ts";
import * as Browser from "./testing/Browser.ts";
import * as Wallet from "./Wallet.ts";

const origin = "http://localhost:8420";
const boss = Browser.wallet("boss");
let home: string;
let store: Store;
let ledger: Rehearsal.Rehearsal;
let factory: Address;
let identity: Identity;
let now = 1_900_000_000;
const reports: unknown[] = [];

const options = () => ({
  config: {
    ...{ home, publicUrl: origin, port: 8420, secret: undefined, demo: true },
    operators: [boss.address, "ops@commenda.example"],
  },
  ...{ store, ledger, clock: { now: () => now }, report: (...words: unknown[]) => void reports.push(words) },
});

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "commenda-identity-"));
  [store, ledger] = await Promise.all([fresh(), Rehearsal.open({ genesis: 1_803_859_200 })]);
  factory = await ledger.deploy("AccountFactory", [], { at: 1_803_859_200 });
  identity = await SignIn.open(options());
});
afterAll(async () => {
  await identity.close();
  await Promise.all([store.close(), ledger.close()]);
  rmSync(home, { recursive: true });
});

let guests = 0;
/** Each from an address of its own, so that no limit of another test is met. */
const browser = () => Browser.open(identity, origin, `192.0.2.${++guests}`);
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code;
const problemOf = (asked: Promise<Caller>) => asked.catch((error) => error.code);

async function userOf(from: Browser.Browser) {
  const caller = await identity.callerOf(from.headers);
  if (caller.kind !== "user") throw new Error("nobody is signed in");
  return caller;
}
const membershipsOf = (user: string) =>
  store.db
    .select({ personal: schema.organisation.personal, name: schema.organisation.name, role: schema.member.role })
    .from(schema.member)
    .innerJoin(schema.organisation, eq(schema.organisation.id, schema.member.organisation))
    .where(eq(schema.member.user, user));

describe("a wallet", () => {
  test("behavior: signs in, is a user with an organisation of their own, and is the same user the next time", async () => {
    const ada = Browser.wallet("ada");
    const page = browser();
    const response = await Browser.byWallet(page, origin, ledger.chainId, ada);
    expect(response.status).toBe(200);
    const [cookie = ""] = response.headers.getSetCookie().filter((one) => one.startsWith("commenda.session_token="));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Secure/i);
    const user = await userOf(page);
    expect(user).toMatchObject({ kind: "user", demo: false, operator: false, language: "en" });
    expect(await membershipsOf(user.user)).toMatchObject([{ personal: true, role: "owner" }]);
    const again = browser();
    await Browser.byWallet(again, origin, ledger.chainId, ada);
    expect((await userOf(again)).user).toBe(user.user);
    expect(await membershipsOf(user.user)).toHaveLength(1);
  });

  test("behavior: a crash while its user was made locks nobody out", async () => {
    const page = browser();
    await Browser.byWallet(page, origin, ledger.chainId, Browser.wallet("interrupted"));
    const { user } = await userOf(page);
    const { walletAddress } = schema;
    await store.db.delete(walletAddress).where(eq(walletAddress.userId, user));
    const again = browser();
    expect((await Browser.byWallet(again, origin, ledger.chainId, Browser.wallet("interrupted"))).status).toBe(200);
    expect((await userOf(again)).user).toBe(user);
  });

  test("behavior: the wallet of an operator is one", async () => {
    const page = browser();
    await Browser.byWallet(page, origin, ledger.chainId, boss);
    expect((await userOf(page)).operator).toBe(true);
  });

  test("error: a replay, another domain, address, chain or time, and another's key are refused", async () => {
    const mallory = Browser.wallet("mallory");
    const page = browser();
    const attempt = async (change: Record<string, unknown>, signer = mallory, used?: string) => {
      const nonce = used ?? (await Browser.nonce(page));
      const text = Browser.message(origin, ledger.chainId, nonce, mallory.address, change);
      const response = await page.ask("/siwe/verify", { message: text, signature: signer.sign(text) });
      return [response.status, await codeOf(response)];
    };
    const past = new Date(Date.now() - 1_000);
    const future = new Date(Date.now() + 60_000);
    expect(await attempt({ domain: "evil.example" })).toEqual([401, "not-signed-in"]);
    expect(await attempt({ domain: "localhost:8421" })).toEqual([401, "not-signed-in"]);
    expect(await attempt({ uri: "https://evil.example" })).toEqual([422, "wrong-signature"]);
    expect(await attempt({ uri: "http://localhost:8421/" })).toEqual([422, "wrong-signature"]);
    expect(await attempt({ scheme: "https" })).toEqual([422, "wrong-signature"]);
    expect(await attempt({ chainId: 1 })).toEqual([422, "wrong-signature"]);
    expect(await attempt({ expirationTime: past })).toEqual([401, "not-signed-in"]);
    expect(await attempt({ notBefore: future })).toEqual([401, "not-signed-in"]);
    expect(await attempt({}, Browser.wallet("another"))).toEqual([401, "not-signed-in"]);
    expect(await attempt({}, mallory, "0123456789abcdef")).toEqual([401, "not-signed-in"]);
    expect(await identity.callerOf(page.headers)).toEqual({ kind: "nobody" });
    // The library reads the last line of a name, a wallet's owner the first.
    const twice = `${Browser.message(origin, ledger.chainId, await Browser.nonce(page), mallory.address)}\nChain ID: 1`;
    const odd = await page.ask("/siwe/verify", { message: twice, signature: mallory.sign(twice) });
    expect([odd.status, await codeOf(odd)]).toEqual([422, "wrong-signature"]);
    const nonce = await Browser.nonce(page);
    expect((await attempt({}, mallory, nonce))[0]).toBe(200);
    expect(await attempt({}, mallory, nonce)).toEqual([401, "not-signed-in"]);
  });

  test("error: times that cannot be read, another version, and no message at all", () => {
    const meant = { ...{ origin, chainId: 1, nonce: "0123456789abcdef", now: new Date() }, address: boss.address };
    const good = Browser.message(origin, 1, meant.nonce, boss.address, {
      expirationTime: new Date(Date.now() + 9_000),
    });
    expect(Wallet.objection(good, meant)).toBeUndefined();
    expect(Wallet.objection(good.replace(/Expiration Time: .*/, "Expiration Time: never"), meant)).toBe("time");
    expect(Wallet.objection(good.replace(/Issued At: .*/, "Issued At: once"), meant)).toBe("form");
    expect(Wallet.objection(good.replace("Version: 1", "Version: 2"), meant)).toBe("form");
    expect(Wallet.objection(good, { ...meant, nonce: "another000" })).toBe("form");
    expect(Wallet.objection(good, { ...meant, chainId: 2 })).toBe("chain");
    expect(Wallet.objection("hello", meant)).toBe("domain");
  });

  test("behavior: a contract wallet of this ledger signs in; one that is elsewhere does not", async () => {
    const key = Browser.wallet("keeper of a contract");
    const signer = Signer.fromKey(key.privateKey);
    const signers = [Passkey.ofWallet(signer.address)];
    const plan = { factory, signers, threshold: 1, salt: `0x${"11".repeat(32)}` as const };
    const account = { chainId: ledger.chainId, address: Passkey.address(plan) };
    const enter = async () => {
      const page = browser();
      const text = Browser.message(origin, ledger.chainId, await Browser.nonce(page), account.address);
      const approval = Passkey.bound(account, {
        ...{
          domain: {
            verifyingContract: account.address,
            chainId: account.chainId,
            name: "Commenda Account",
            version: "1",
          },
        },
        ...{ types: { Approval: [{ name: "hash", type: "bytes32" }] }, primaryType: "Approval" },
        message: { hash: Wallet.hashOf(text) },
      });
      const signature = Passkey.join([{ signer: signers[0] ?? "0x", signature: await signer.sign(approval) }]);
      return (await page.ask("/siwe/verify", { message: text, signature })).status;
    };
    expect(await enter()).toBe(401);
    await ledger.send(ledger.house, Passkey.deploy(plan));
    expect(await enter()).toBe(200);
  });
});

describe("a passkey", () => {
  test("behavior: a guest registers it as first contact, and signs in with it later", async () => {
    const phone = Authenticator.open({ origin, name: "guest phone" });
    const page = browser();
    const options = (await (await page.ask("/passkey/generate-register-options?name=Bo")).json()) as {
      pubKeyCredParams: unknown;
      authenticatorSelection: unknown;
      rp: unknown;
    };
    expect(options).toMatchObject({
      ...{ pubKeyCredParams: [{ alg: -7, type: "public-key" }], rp: { id: "localhost", name: "Commenda" } },
      authenticatorSelection: { userVerification: "required" },
    });
    expect((await Browser.register(page, phone, "Bo")).status).toBe(200);
    const user = await userOf(page);
    expect(user).toMatchObject({ name: "Bo", demo: false });
    expect(await membershipsOf(user.user)).toEqual([{ personal: true, name: "Bo", role: "owner" }]);
    const later = browser();
    expect((await Browser.byPasskey(later, phone)).status).toBe(200);
    expect((await userOf(later)).user).toBe(user.user);
  });

  test("behavior: its owner reads its public key as an account takes it; nobody else does", async () => {
    const phone = Authenticator.open({ origin, name: "owner's phone" });
    const page = browser();
    await Browser.register(page, phone);
    const mine = await (await page.ask("/passkeys")).json();
    const { x, y } = phone.publicKey;
    expect(mine).toMatchObject([
      { name: "phone", credentialId: phone.credentialId, publicKey: `0x${x.slice(2)}${y.slice(2)}` },
    ]);
    expect((await browser().ask("/passkeys")).status).toBe(401);
  });

  test("behavior: a second one is the same person's; the last way in is not taken away", async () => {
    const [phone, laptop] = ["first of two", "second of two"].map((name) => Authenticator.open({ origin, name }));
    if (!phone || !laptop) throw new Error("two devices");
    const page = browser();
    await Browser.register(page, phone);
    const { user } = await userOf(page);
    expect((await Browser.register(page, laptop)).status).toBe(200);
    const other = browser();
    await Browser.byPasskey(other, laptop);
    expect((await userOf(other)).user).toBe(user);
    const kept = (await (await page.ask("/passkeys")).json()) as { id: string }[];
    expect((await page.ask("/passkey/delete-passkey", { id: kept[0]?.id })).status).toBe(200);
    const last = await page.ask("/passkey/delete-passkey", { id: kept[1]?.id });
    expect([last.status, await codeOf(last)]).toEqual([409, "state-conflict"]);
  });

  test("error: of a user who was not verified, of another site, known already, or tried twice", async () => {
    const careless = Authenticator.open({ origin, name: "careless", verifiesUser: false });
    expect(await codeOf(await Browser.register(browser(), careless))).toBe("wrong-signature");
    const phone = Authenticator.open({ origin, name: "known" });
    await Browser.register(browser(), phone);
    expect(await codeOf(await Browser.register(browser(), phone))).toBe("state-conflict");
    expect(await codeOf(await Browser.byPasskey(browser(), Authenticator.open({ origin, name: "unknown" })))).toBe(
      "not-found",
    );
    const elsewhere = Authenticator.open({ origin: "http://localhost:9999", name: "known" });
    expect(await codeOf(await Browser.byPasskey(browser(), elsewhere))).toBe("wrong-signature");
    const page = browser();
    const asked = await (await page.ask("/passkey/generate-authenticate-options")).json();
    expect(asked).toMatchObject({ userVerification: "required" });
    const cookies = new Map(page.cookies);
    const response = phone.assert(asked as never);
    expect((await page.ask("/passkey/verify-authentication", { response })).status).toBe(200);
    const replay = browser();
    replay.take({ headers: new Headers([...cookies].map(([name, value]) => ["set-cookie", `${name}=${value}`])) });
    expect(await codeOf(await replay.ask("/passkey/verify-authentication", { response }))).toBe("not-signed-in");
  });

  test("error: a registration begun by somebody signed in is not ended by nobody", async () => {
    const page = browser();
    await Browser.register(page, Authenticator.open({ origin, name: "begun" }));
    const asked = await (await page.ask("/passkey/generate-register-options")).json();
    await page.ask("/sign-out", {});
    const response = Authenticator.open({ origin, name: "ended" }).register(asked as never);
    const refused = await page.ask("/passkey/verify-registration", { response });
    expect(await codeOf(refused)).toBe("not-signed-in");
    expect(await identity.callerOf(page.headers)).toEqual({ kind: "nobody" });
  });

  test("error: who believes to be signed in does not become somebody new", async () => {
    const page = browser();
    await Browser.register(page, Authenticator.open({ origin, name: "believes" }));
    const { user } = await userOf(page);
    const asked = await (await page.ask("/passkey/generate-register-options")).json();
    await store.db.delete(schema.session).where(eq(schema.session.userId, user));
    const response = Authenticator.open({ origin, name: "believes too" }).register(asked as never);
    const refused = [
      await page.ask("/passkey/generate-register-options"),
      await page.ask("/passkey/verify-registration", { response, createSession: true }),
    ];
    for (const one of refused) expect([one.status, await codeOf(one)]).toEqual([401, "session-expired"]);
  });

  test("behavior: whether a session is asked for or not, one who has one keeps it", async () => {
    const page = browser();
    await Browser.register(page, Authenticator.open({ origin, name: "keeps" }));
    const { user } = await userOf(page);
    const asked = await (await page.ask("/passkey/generate-register-options")).json();
    const response = Authenticator.open({ origin, name: "keeps too" }).register(asked as never);
    expect((await page.ask("/passkey/verify-registration", { response, createSession: true })).status).toBe(200);
    expect(await store.db.select().from(schema.session).where(eq(schema.session.userId, user))).toHaveLength(1);
  });

  test("error: who signed in long ago does not change passkeys", async () => {
    const page = browser();
    await Browser.register(page, Authenticator.open({ origin, name: "long ago" }));
    const { user } = await userOf(page);
    const createdAt = new Date(Date.now() - 25 * 3_600_000);
    await store.db.update(schema.session).set({ createdAt }).where(eq(schema.session.userId, user));
    const refused = await page.ask("/passkey/generate-register-options");
    expect([refused.status, await codeOf(refused)]).toEqual([401, "session-expired"]);
  });
});

describe("a session", () => {
  async function signedIn(name: string) {
    const page = browser();
    await Browser.byWallet(page, origin, ledger.chainId, Browser.wallet(name));
    return { page, user: (await userOf(page)).user };
  }

  test("behavior: nobody without a cookie; signed out means at once", async () => {
    expect(await identity.callerOf(new Headers())).toEqual({ kind: "nobody" });
    const { page } = await signedIn("goes");
    const { headers } = page;
    expect((await page.ask("/sign-out", {})).status).toBe(200);
    expect(await problemOf(identity.callerOf(headers))).toBe("session-expired");
  });

  test("error: tampered with, made up, or expired", async () => {
    const { page, user } = await signedIn("stays");
    const [[name = "", value = ""] = []] = page.cookies;
    const asked = (cookie: string) => problemOf(identity.callerOf(new Headers({ cookie: `${name}=${cookie}` })));
    expect(await asked(value)).toMatchObject({ kind: "user", user });
    expect(await asked(`${value.slice(0, -8)}AAAAAAA%3D`)).toBe("session-expired");
    const [row] = await store.db.select().from(schema.session).where(eq(schema.session.userId, user));
    expect(await asked(row?.token ?? "")).toBe("session-expired");
    expect(await asked("")).toBe("session-expired");
    await store.db
      .update(schema.session)
      .set({ expiresAt: new Date(0) })
      .where(eq(schema.session.userId, user));
    identity.forget();
    expect(await asked(value)).toBe("session-expired");
  });

  test("error: a request from another site changes nothing", async () => {
    const { page } = await signedIn("lured");
    const refused = await page.ask("/sign-out", {}, { origin: "https://evil.example" });
    expect([refused.status, await codeOf(refused)]).toEqual([403, "forbidden"]);
    expect((await userOf(page)).kind).toBe("user");
  });

  test("error: what the library has beside is not there; refusals speak Chinese to who asks for it", async () => {
    const page = browser();
    for (const path of ["/sign-up/email", "/sign-in/email", "/update-user", "/delete-user", "/enter", "/error"]) {
      expect((await page.ask(path, {})).status, path).toBe(404);
    }
    expect((await page.ask("/siwe/nonce")).status).toBe(405);
    expect((await page.ask("/siwe/verify", { message: "x".repeat(65_000), signature: "0x" })).status).toBe(413);
    const refused = await page.ask("/siwe/verify", {}, { "accept-language": "zh-CN" });
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(await refused.json()).toMatchObject({ type: "/problems/bad-input", title: "输入有误" });
  });
});

describe("an API key", () => {
  const organisation = "7d9a3c76-3f6b-4f0e-8a55-0d3f6d1f2a10";
  const bearer = (secret: string) => new Headers({ authorization: `Bearer ${secret}` });

  test("behavior: acts as who made it, within its scopes, until it expires or is revoked", async () => {
    const page = browser();
    await Browser.byWallet(page, origin, ledger.chainId, Browser.wallet("maker"));
    const { user } = await userOf(page);
    const given = { user, organisation, name: "bot", scopes: ["read"] as const };
    const make = (expiresAt?: Date) => store.transaction((tx) => identity.createKey(tx, { ...given, expiresAt }));
    const key = await make(new Date((now + 60) * 1000));
    expect(key.secret.startsWith(key.start)).toBe(true);
    const caller = await identity.callerOf(bearer(key.secret));
    expect(caller).toMatchObject({ user, key: { id: key.id, scopes: ["read"], organisation } });
    const [row] = await store.db.select().from(schema.apiKey).where(eq(schema.apiKey.id, key.id));
    expect(JSON.stringify(row)).not.toContain(key.secret.slice(key.start.length));
    expect(row?.lastUsedAt).toEqual(new Date(now * 1000));
    now += 60;
    expect(await problemOf(identity.callerOf(bearer(key.secret)))).toBe("not-signed-in");
    const second = await make();
    await identity.callerOf(bearer(second.secret));
    await store.db.delete(schema.apiKey).where(eq(schema.apiKey.id, second.id));
    identity.forget();
    expect(await problemOf(identity.callerOf(bearer(second.secret)))).toBe("not-signed-in");
    expect(await identity.callerOf(new Headers({ authorization: "Basic YTpi" }))).toEqual({ kind: "nobody" });
    for (const odd of [`Bearer ${second.secret}x`, `Bearer ${"commenda_".padEnd(52, "A")}`]) {
      expect(await problemOf(identity.callerOf(new Headers({ authorization: odd })))).toBe("not-signed-in");
    }
  });

  test("behavior: another node on the same store forgets it too", async () => {
    const page = browser();
    await Browser.byWallet(page, origin, ledger.chainId, Browser.wallet("maker of two"));
    const { user } = await userOf(page);
    const given = { user, organisation, name: "bot", scopes: ["read"] as const, expiresAt: undefined };
    const key = await store.transaction((tx) => identity.createKey(tx, given));
    let heard: () => void = () => {};
    const told = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const stop = await store.listen("commenda_identity", heard);
    await identity.callerOf(bearer(key.secret));
    await store.transaction(async (tx) => {
      await tx.delete(schema.apiKey).where(eq(schema.apiKey.id, key.id));
      await identity.changed(tx);
    });
    await told;
    await stop();
    expect(await problemOf(identity.callerOf(bearer(key.secret)))).toBe("not-signed-in");
  });
});

describe("a persona", () => {
  const personas = [
    { name: "mei", says: "Mei", organisation: "Meridian Robotics", language: "zh" },
    { name: "bo", says: "Bo", organisation: "Meridian Robotics", role: "signer" },
    { name: "ravi", says: "Ravi", organisation: "Kestrel Works" },
  ] as const;

  test("behavior: is made once, has a key that the node keeps, and is entered", async () => {
    const made = await Personas.ensure({ store }, personas);
    expect(await Personas.ensure({ store }, personas)).toEqual(made);
    const [mei, bo, ravi] = made;
    expect(mei?.account).toBe(bo?.account);
    expect(mei?.account).not.toBe(ravi?.account);
    const signer = await Personas.signerOf(store.db, mei?.organisation ?? "", mei?.account ?? "");
    expect(signer.address).toBe(mei?.account);
    await expect(Personas.signerOf(store.db, mei?.organisation ?? "", ravi?.account ?? "")).rejects.toMatchObject({
      code: "not-found",
    });
    const page = browser();
    page.take({ headers: new Headers((await identity.enter(mei?.user ?? "")).map((one) => ["set-cookie", one])) });
    expect(await userOf(page)).toMatchObject({ name: "Mei", demo: true, language: "zh", operator: false });
    expect(await membershipsOf(mei?.user ?? "")).toEqual([
      { personal: false, name: "Meridian Robotics", role: "owner" },
    ]);
  });

  test("error: nobody else is entered, and nobody at all outside a demonstration", async () => {
    const page = browser();
    await Browser.byWallet(page, origin, ledger.chainId, Browser.wallet("a person"));
    const { user } = await userOf(page);
    await expect(identity.enter(user)).rejects.toMatchObject({ code: "forbidden" });
    await expect(identity.enter("no such user")).rejects.toMatchObject({ code: "forbidden" });
    const { config, ...rest } = options();
    const production = await SignIn.open({ config: { ...config, demo: false }, ...rest });
    const [mei] = await Personas.ensure({ store }, personas);
    await expect(production.enter(mei?.user ?? "")).rejects.toMatchObject({ code: "forbidden" });
    const entered = browser();
    entered.take({ headers: new Headers((await identity.enter(mei?.user ?? "")).map((one) => ["set-cookie", one])) });
    expect(await problemOf(production.callerOf(entered.headers))).toBe("session-expired");
    await production.close();
  });
});

test("behavior: the secret is made once, for its owner's eyes only; sessions outlive the process, cookies of another secret do not count", async () => {
  const file = join(home, "secret");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8").trim()).toMatch(/^[\w-]{43}$/);
  const page = browser();
  await Browser.byWallet(page, origin, ledger.chainId, Browser.wallet("outlives"));
  const again = await SignIn.open(options());
  expect(await again.callerOf(page.headers)).toMatchObject({ kind: "user" });
  const { config, ...rest } = options();
  const other = await SignIn.open({ config: { ...config, secret: "x".repeat(40) }, ...rest });
  expect(await problemOf(other.callerOf(page.headers))).toBe("session-expired");
  const secure = await SignIn.open({ config: { ...config, publicUrl: "https://commenda.example" }, ...rest });
  const there = Browser.open(secure, "https://commenda.example", "192.0.2.250");
  const response = await Browser.byWallet(
    there,
    "https://commenda.example",
    ledger.chainId,
    Browser.wallet("outlives"),
  );
  expect(response.headers.getSetCookie()[0]).toMatch(/^__Secure-commenda\.session_token=.*Secure/i);
  await Promise.all([again, other, secure].map((one) => one.close()));
});
