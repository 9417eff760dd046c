// Nobody gets in: every operation, by every kind of caller, on what is theirs, on what is another's, and on nothing.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SCOPES, type Scope } from "../../src/api/Operation.ts";
import { Table } from "../../src/api/index.ts";
import type { Role, SeatRole } from "../../src/node/Call.ts";
import * as schema from "../../src/node/store/schema.ts";
import * as Estate from "./Estate.ts";
import * as Knock from "./Knock.ts";
import * as Samples from "./Samples.ts";

// What is expected stands here, in the words of the design, and is not asked of the code under test.

type May = "read" | "write" | "sign" | "manage";
const ALLOWED: Readonly<Record<Role, readonly May[]>> = {
  owner: ["read", "write", "sign", "manage"],
  signer: ["read", "write", "sign"],
  member: ["read", "write"],
  auditor: ["read"],
};
/** A document is changed, and others are invited, by the two sides alone. */
const PARTIES = new Set<Table.Name>([
  ...(["version.save", "agreement.withdraw", "invitation.create", "invitation.revoke", "signature.give"] as const),
]);
/** Of these only the side that is named in the sample, or the organisation that brought the file. */
const CLIENTS = new Set<Table.Name>(["signature.give", "evidence.share", "evidence.erase"]);
/** About a person, whom a key is not. */
const PERSONAL = new Set<Table.Name>(["me.update", "organisation.create", "member.join"]);
/** What takes something away comes after what needs it. */
const LAST = new Set<Table.Name>(["webhook.remove", "agreement.withdraw", "evidence.erase", "key.revoke"]);

type Kind = {
  readonly name: string;
  readonly headers: Knock.Headers;
  /** No caller at all: what is answered wherever somebody has to be signed in. */
  readonly turned?: "not-signed-in" | "session-expired";
  readonly scopes?: readonly Scope[];
  /** In the organisation of one's own world, by which the client's seat is theirs. */
  readonly role?: Role;
  /** In the agreement, by an organisation of one's own. */
  readonly seat?: SeatRole;
  /** Owns the other world. */
  readonly isStranger?: boolean;
  readonly isOperator?: boolean;
  /** The notice of the first world is theirs. */
  readonly isOwner?: boolean;
};
type Place = "own" | "other" | "none";

function expected(kind: Kind, name: Table.Name, place: Place): string {
  const { who, repeat } = Table.rowOf(name);
  if (who.may === "anyone") return "allowed";
  if (kind.turned) return kind.turned;
  const needed: Scope =
    who.may === "operator" ? "manage" : who.may === "user" ? (repeat === "safe" ? "read" : "write") : who.may;
  if (kind.scopes && !kind.scopes.includes(needed)) return "scope-missing";
  if (who.may === "operator") return kind.isOperator ? "allowed" : "forbidden";
  if (who.may === "user") {
    if (name === "notice.read") {
      const isTheirs = place === "own" ? kind.isOwner : place === "other" && kind.isStranger;
      return isTheirs ? "allowed" : "not-found";
    }
    return kind.scopes && PERSONAL.has(name) ? "forbidden" : "allowed";
  }
  if (!("of" in who)) throw new Error("a row is about something, or about the caller");
  const may = who.may as May;
  if (place === "none") return "not-found";
  if (place === "other") return kind.isStranger ? "allowed" : "not-found";
  if (who.of === "organisation") {
    if (!kind.role) return "not-found";
    return ALLOWED[kind.role].includes(may) ? "allowed" : "forbidden";
  }
  const seat = kind.role ? "client" : kind.seat;
  if (!seat) return "not-found";
  if (may === "read") return "allowed";
  if (seat === "reader" || !ALLOWED[kind.role ?? "owner"].includes(may)) return "forbidden";
  if (PARTIES.has(name) && seat !== "client" && seat !== "provider") return "forbidden";
  return CLIENTS.has(name) && seat !== "client" ? "forbidden" : "allowed";
}

/** Answers that mean that somebody was not let in. */
const REFUSALS: ReadonlySet<string> = new Set([
  ...["not-signed-in", "session-expired", "scope-missing", "forbidden", "not-found"],
]);

let estate: Estate.Estate;
const kinds: Kind[] = [];

beforeAll(async () => {
  estate = await Estate.open();
  const { person, own, other, key, done, admit, enter } = estate;
  const [owner, stranger] = [person("owner"), person("stranger")];
  const { db } = estate.site.node.parts.store;

  const old = await enter("somebody of before");
  const { user } = await done("me.show", {}, old);
  const expired = await enter("somebody of before");
  await db.update(schema.session).set({ expiresAt: new Date(0) }).where(eq(schema.session.userId, String(user)));
  const revoked = await key(own.organisation, SCOPES, owner.headers);
  await done("key.revoke", { organisation: own.organisation, key: revoked.id }, owner.headers);
  const ended = await key(own.organisation, SCOPES, owner.headers);
  await db.update(schema.apiKey).set({ expiresAt: new Date(0) }).where(eq(schema.apiKey.id, ended.id));

  // Who was an owner, made keys, and is one no longer.
  const { organisation } = own;
  const demoted = await enter("demoted");
  await done("member.join", { token: await admit("owner") }, demoted);
  const keyOfDemoted = await key(organisation, SCOPES, demoted);
  const { user: demotedUser } = await done("me.show", {}, demoted);
  await done("member.change", { organisation, user: demotedUser, role: "auditor" }, owner.headers);
  const removed = await enter("removed");
  await done("member.join", { token: await admit("owner") }, removed);
  const keyOfRemoved = await key(organisation, SCOPES, removed);
  const { user: removedUser } = await done("me.show", {}, removed);
  await done("member.remove", { organisation, user: removedUser }, owner.headers);

  const keyed = async (scopes: readonly Scope[]) => (await key(organisation, scopes, owner.headers)).headers;
  kinds.push(
    { name: "nobody", headers: {}, turned: "not-signed-in" },
    { name: "an expired session", headers: expired, turned: "session-expired" },
    { name: "a made-up session", headers: { cookie: `${expired.cookie?.slice(0, -3)}AAA` }, turned: "session-expired" },
    { name: "a revoked key", headers: revoked.headers, turned: "not-signed-in" },
    { name: "an expired key", headers: ended.headers, turned: "not-signed-in" },
    { name: "a made-up key", headers: { authorization: `Bearer commenda_${"A".repeat(43)}` }, turned: "not-signed-in" },
    { name: "the key of a removed member", headers: keyOfRemoved.headers, turned: "not-signed-in" },
    { name: "a removed member", headers: removed },
    { name: "a stranger with a world of their own", headers: stranger.headers, isStranger: true },
    { name: "an owner", headers: owner.headers, role: "owner", isOwner: true },
    ...(["signer", "member", "auditor"] as const).map((role) => ({
      ...{ name: `a party's ${role}`, headers: person(role).headers, role },
    })),
    { name: "an owner who is an auditor now", headers: demoted, role: "auditor" },
    ...(["provider", "arbitrator", "reporter", "reader"] as const).map((seat) => ({
      ...{ name: `the owner with the seat of ${seat}`, headers: person(seat).headers, seat },
    })),
    { name: "the operator", headers: person("operator").headers, isOperator: true },
    ...(await Promise.all(
      SCOPES.map(async (scope): Promise<Kind> => ({
        ...{ name: `a key for ${scope}`, headers: await keyed([scope]), scopes: [scope] },
        ...{ role: "owner", isOwner: true },
      })),
    )),
    { name: "a key for everything", headers: await keyed(SCOPES), scopes: SCOPES, role: "owner", isOwner: true },
    { name: "a key of an owner who is an auditor now", headers: keyOfDemoted.headers, scopes: SCOPES, role: "auditor" },
    {
      name: "a key of the owner for another organisation",
      headers: (await key(owner.personal, SCOPES, owner.headers)).headers,
      scopes: SCOPES,
    },
    {
      name: "a stranger's key",
      headers: (await key(other.organisation, SCOPES, stranger.headers)).headers,
      ...{ scopes: SCOPES, isStranger: true },
    },
  );
});
afterAll(() => estate?.close());

const ordered = [...Table.NAMES].toSorted((one, next) => Number(LAST.has(one)) - Number(LAST.has(next)));
const PLACES: readonly Place[] = ["own", "other", "none"];
const isAbout = (name: Table.Name): boolean => "of" in Table.rowOf(name).who || name === "notice.read";

describe("over HTTP", () => {
  test.each(ordered)("%s lets in who may, and nobody else", async (name) => {
    const found: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    const unlike: string[] = [];
    for (const kind of kinds) {
      const texts: Partial<Record<Place, string>> = {};
      for (const place of isAbout(name) ? PLACES : (["own"] as const)) {
        const row = `${kind.name}, ${place}`;
        const input = Samples.of(estate[place], Samples.NOWHERE)[name];
        const { status, code, text } = await Knock.ask(estate.url, name, input, { ...kind.headers, "x-request-id": "the-same-one" });
        expect(status, `${row}: ${text}`).toBeLessThan(500);
        texts[place] = text;
        const want = expected(kind, name, place);
        wanted[row] = want;
        // A link that leads nowhere is not found by whoever may follow links.
        const isLink = "token" in input && code === "not-found";
        found[row] = want === "allowed" && (isLink || !REFUSALS.has(code)) ? want : code;
      }
      // Somebody else's is not told from nothing.
      if (isAbout(name) && wanted[`${kind.name}, other`] !== "allowed" && texts.other !== texts.none) unlike.push(kind.name);
      if (wanted[`${kind.name}, own`] === "not-found" && texts.own !== texts.none) unlike.push(`${kind.name}, own`);
    }
    expect(found).toEqual(wanted);
    expect(unlike).toEqual([]);
  });
});
