// Nobody gets in: every operation, by every kind of caller, on what is theirs, on what is another's, and on nothing.
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../src/api/index.ts";
import { SCOPES, type Scope } from "../../src/api/Operation.ts";
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
/** Of these only the side that is named in the sample, or the organisation that brought the file or made the address. */
const CLIENTS = new Set<Table.Name>([
  ...(["signature.give", "evidence.share", "evidence.erase", "ci.rotate", "ci.remove", "count.sign"] as const),
]);
/** What is sealed, and runs of their own, are there for an organisation alone. */
const HIDDEN = new Set<Table.Name>(["sealed.make", "run.show", "run.log", "run.stop"]);
/** About a person, whom a key is not. */
const PERSONAL = new Set<Table.Name>([
  ...(["me.update", "organisation.create", "member.join", "email.ask", "email.confirm", "email.remove"] as const),
  ...(["me.export", "me.erase"] as const),
]);
/** What takes something away comes after what needs it. */
const LAST = new Set<Table.Name>([
  ...(["webhook.remove", "agreement.withdraw", "evidence.erase", "key.revoke", "ci.remove"] as const),
  ...(["inlet.remove", "desk.stop"] as const),
  ...(["proof.remove", "attestation.remove"] as const),
]);

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
  if (may === "read") return HIDDEN.has(name) && seat !== "client" ? "not-found" : "allowed";
  if (seat === "reader" || !ALLOWED[kind.role ?? "owner"].includes(may)) return "forbidden";
  if (HIDDEN.has(name) && seat !== "client") return "not-found";
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
  await db
    .update(schema.session)
    .set({ expiresAt: new Date(0) })
    .where(eq(schema.session.userId, String(user)));
  const revoked = await key(own.organisation, SCOPES, owner.headers);
  await done("key.revoke", { organisation: own.organisation, key: revoked.id }, owner.headers);
  const ended = await key(own.organisation, SCOPES, owner.headers);
  await db
    .update(schema.apiKey)
    .set({ expiresAt: new Date(0) })
    .where(eq(schema.apiKey.id, ended.id));

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
      SCOPES.map(
        async (scope): Promise<Kind> => ({
          ...{ name: `a key for ${scope}`, headers: await keyed([scope]), scopes: [scope] },
          ...{ role: "owner", isOwner: true },
        }),
      ),
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
/** Refused before anything is looked at: the place is no matter. */
const isEarly = (want: string): boolean => ["not-signed-in", "session-expired", "scope-missing"].includes(want);
/** So that answers can be compared byte for byte. */
const SAME = { "x-request-id": "the-same-one" };

// First, while everything is still there.
describe("what belongs to another, asked for under what is one's own, is not there", () => {
  const NESTED = [
    "comment",
    "evidence",
    "invitation",
    "webhook",
    "delivery",
    "approval",
    "act",
    "key",
    "user",
    "desk",
    "ticket",
    "inlet",
    "count",
    "run",
    "verdict",
    "other",
    "folder",
    "brief",
    "ranking",
    "proof",
    "attestation",
  ] as const;
  const MARKED: Readonly<Record<string, keyof Estate.World>> = { user: "spare", other: "verdict" };
  /** Whoever asks is turned away, or something else is missing, before the field counts. */
  const ELSEWHERE = new Set<Table.Name>(["run.start"]);
  const rows = Table.NAMES.flatMap((name) => {
    const fields = Object.keys(Table.rowOf(name).input.shape);
    return NESTED.filter(
      (field) => fields.includes(field) && !(field === "act" && name !== "act.show") && !ELSEWHERE.has(name),
    ).map((field) => [name, field] as const);
  });
  /** Taking away what is not there is no fault: the answer is the same, and nothing is taken. */
  const QUIET = new Set<Table.Name>([
    ...([
      "key.revoke",
      "member.remove",
      "webhook.remove",
      "proof.remove",
      "attestation.remove",
      "inlet.remove",
    ] as const),
  ]);

  test.each(rows)("%s by %s", async (name, field) => {
    const { own, other, none, url, person } = estate;
    const { headers } = person("owner");
    const from = (world: Estate.World) =>
      Knock.ask(
        url,
        name,
        { ...Samples.of(own, Samples.NOWHERE)[name], [field]: world[MARKED[field] ?? (field as keyof Estate.World)] },
        { ...headers, ...SAME },
      );
    const before = await everything();
    const [foreign, nothing] = [await from(other), await from(none)];
    expect(foreign.text).toBe(nothing.text);
    // A desk that is not one's own is not there, whatever would be taken away from it.
    expect(foreign.code).toBe(QUIET.has(name) && field !== "desk" ? "done" : "not-found");
    expect(await everything()).toEqual(before);
  });

  /** All that the other world has. */
  async function everything() {
    const { db } = estate.site.node.parts.store;
    const { organisation, agreement, webhook } = estate.other;
    return {
      keys: (await db.select().from(schema.apiKey).where(eq(schema.apiKey.organisation, organisation))).map(
        ({ id }) => id,
      ),
      members: await db.select().from(schema.member).where(eq(schema.member.organisation, organisation)),
      webhooks: await db.select().from(schema.webhook).where(eq(schema.webhook.organisation, organisation)),
      deliveries: await db.select().from(schema.delivery).where(eq(schema.delivery.webhook, webhook)),
      comments: await db.select().from(schema.comment).where(eq(schema.comment.agreement, agreement)),
      evidence: await db.select().from(schema.evidence).where(eq(schema.evidence.agreement, agreement)),
      invitations: await db.select().from(schema.invitation).where(eq(schema.invitation.agreement, agreement)),
      briefs: await db.select().from(schema.brief).where(eq(schema.brief.organisation, organisation)),
      proofs: await db.select().from(schema.proof).where(eq(schema.proof.organisation, organisation)),
      attestations: await db.select().from(schema.attestation).where(eq(schema.attestation.organisation, organisation)),
      approvals: await db.select().from(schema.approval).where(eq(schema.approval.organisation, organisation)),
    };
  }

  test("a version, a reader, an account, a list of another", async () => {
    const { own, other, url, person, done } = estate;
    const { headers } = person("owner");
    await done("version.save", { agreement: other.agreement, base: 1, document: {} }, person("stranger").headers);
    const { agreement, organisation } = own;
    const refused: [Table.Name, Readonly<Record<string, unknown>>, string][] = [
      ["version.show", { agreement, version: 2 }, "not-found"],
      ["version.endings", { agreement, version: 2 }, "not-found"],
      ["version.compare", { agreement, from: 1, to: 2 }, "not-found"],
      ["comment.add", { agreement, version: 2, text: "Theirs." }, "bad-input"],
      ["evidence.put", { agreement, name: "x", content: "", readers: [other.organisation] }, "bad-input"],
      [
        "account.execute",
        { ...Samples.of(own, Samples.NOWHERE)["account.execute"], address: other.address },
        "not-found",
      ],
      ["agreement.list", { organisation: other.organisation }, "not-found"],
      ["event.list", { agreement: other.agreement }, "done"],
    ];
    for (const [name, input, code] of refused)
      expect([name, (await Knock.ask(url, name, input, headers)).code]).toEqual([name, code]);
    const { items } = await done("event.list", { agreement: other.agreement }, headers);
    expect(items).toEqual([]);
    expect(await done("agreement.list", { organisation }, headers)).toMatchObject({ items: [{ id: agreement }] });
  });
});

describe("files", () => {
  const outsiders = () => kinds.filter((kind) => !kind.role && !kind.seat);

  test("a file for some is there for them alone, in every way to it", async () => {
    const { own, url, person, done } = estate;
    const { agreement } = own;
    const input = { agreement, name: "inner.txt", content: "c2VjcmV0", readers: [] };
    const { id: evidence } = await done("evidence.put", input, person("owner").headers);
    const open = async (headers: Knock.Headers, id: unknown) =>
      Knock.read(await fetch(`${url}/v1/downloads/${agreement}/${id}`, { headers: { ...headers, ...SAME } }));
    for (const name of ["owner", "signer", "member", "auditor"]) {
      expect((await open(person(name).headers, evidence)).text).toBe("secret");
    }
    for (const name of ["provider", "arbitrator", "reporter", "reader"]) {
      const { headers } = person(name);
      const { items } = await done("evidence.list", { agreement }, headers);
      expect((items as { id: string }[]).map(({ id }) => id)).not.toContain(evidence);
      for (const operation of ["evidence.show", "evidence.content", "evidence.share", "evidence.erase"] as const) {
        const ask = (id: unknown) =>
          Knock.ask(
            url,
            operation,
            { agreement, evidence: id, ...(operation === "evidence.share" ? { readers: null } : {}) },
            { ...headers, ...SAME },
          );
        const [hidden, nothing] = [await ask(evidence), await ask(estate.none.evidence)];
        if (name !== "reader") expect(hidden.code, `${name}, ${operation}`).toBe("not-found");
        expect(hidden.text).toBe(nothing.text);
      }
      const [hidden, nothing] = [await open(headers, evidence), await open(headers, estate.none.evidence)];
      expect([hidden.status, hidden.text]).toEqual([404, nothing.text]);
      const act = (id: unknown) => ({ agreement, act: { verb: "deliver", milestone: "design", evidence: id } });
      const [named, unnamed] = await Promise.all(
        [evidence, estate.none.evidence].map((id) => Knock.ask(url, "act.prepare", act(id), { ...headers, ...SAME })),
      );
      expect(named?.text).toBe(unnamed?.text);
    }
    for (const { name, headers, turned } of outsiders()) {
      const hidden = await open(headers, evidence);
      expect([name, hidden.code]).toEqual([name, turned ?? "not-found"]);
      expect(hidden.text).toBe((await open(headers, estate.none.evidence)).text);
    }
  });

  test("an upload is whose it is, and under an id of another agreement a file is not there", async () => {
    const { own, other, url, person, done } = estate;
    const { headers: mine } = person("owner");
    const { upload, id } = await done("evidence.create", { agreement: own.agreement, name: "a", size: 5 }, mine);
    const send = async (headers: Knock.Headers, path = String(upload), method = "PATCH") => {
      const tus = { "tus-resumable": "1.0.0", "upload-offset": "0", "content-type": "application/offset+octet-stream" };
      const body = method === "PATCH" ? { body: "hello" } : {};
      return Knock.read(
        await fetch(`${url}${path}`, { method, headers: { origin: url, ...tus, ...headers, ...SAME }, ...body }),
      );
    };
    const away = `/v1/uploads/${estate.none.evidence}`;
    const others = kinds.filter(({ isOwner }) => !isOwner);
    for (const { name, headers, turned, scopes } of others) {
      const want = turned ?? (scopes && !scopes.includes("write") ? "scope-missing" : "not-found");
      const answer = await send(headers);
      expect([name, answer.code]).toEqual([name, want]);
      expect(answer.text).toBe((await send(headers, away)).text);
      expect((await send(headers, String(upload), "HEAD")).status).toBe(answer.status);
    }
    for (const method of ["DELETE", "POST", "PUT", "OPTIONS"])
      expect((await send(mine, String(upload), method)).status).toBeGreaterThanOrEqual(404);
    // The protocol lets one method stand for another, behind a header.
    await fetch(`${url}${upload}`, {
      method: "PATCH",
      headers: { origin: url, ...mine, "tus-resumable": "1.0.0", "x-http-method-override": "DELETE" },
    });
    const readOnly = kinds.find(({ name }) => name === "a key for read");
    expect((await send(readOnly?.headers ?? {})).code).toBe("scope-missing");
    expect((await send(mine)).status).toBe(204);
    const under = (agreement: string) => fetch(`${url}/v1/downloads/${agreement}/${id}`, { headers: mine });
    expect(await (await under(own.agreement)).text()).toBe("hello");
    expect((await under(other.agreement)).status).toBe(404);
    for (const path of [
      "/v1/uploads/%00",
      "/v1/uploads/..%2f..%2fkey",
      "/v1/downloads/%00/%00",
      "/v1/uploads/%ff",
      `/v1/downloads/${own.agreement}/..%2f..`,
    ])
      expect([path, (await send(mine, path, path.includes("uploads") ? "PATCH" : "GET")).status]).toEqual([path, 404]);
  });
});

test("a stream tells each listener of their own, and of nothing else", async () => {
  const { own, other, url, person, done } = estate;
  const about = kinds.filter(({ turned }) => !turned);
  const streams = await Promise.all(
    about.map(async (kind) => {
      const stop = new AbortController();
      const response = await fetch(`${url}/v1/events/stream`, { headers: kind.headers, signal: stop.signal });
      return { kind, stop, response };
    }),
  );
  const say = (agreement: string, name: string) =>
    done("comment.add", { agreement, version: 1, text: "Hear." }, person(name).headers);
  await say(own.agreement, "owner");
  await say(other.agreement, "stranger");
  const { items } = await done("event.list", { agreement: own.agreement, limit: 200 }, person("owner").headers);
  const last = Number((items as { id: string }[]).at(-1)?.id);
  const heard: Record<string, string> = {};
  const wanted: Record<string, string> = {};
  for (const { kind, stop, response } of streams) {
    const mine = kind.role || kind.seat ? own.agreement : kind.isStranger ? other.agreement : "nothing";
    wanted[kind.name] = kind.scopes && !kind.scopes.includes("read") ? "403" : mine;
    const from =
      response.ok && mine !== "nothing" ? await first(response) : String(response.ok ? "nothing" : response.status);
    heard[kind.name] = from;
    stop.abort();
    // The past is told as sparingly.
    if (!response.ok) continue;
    const past = await done("event.list", { limit: 200 }, kind.headers);
    const seen = (past.items as { agreement?: string }[]).flatMap(({ agreement }) => agreement ?? []);
    if (!kind.isStranger && kind.name !== "somebody") expect(seen, kind.name).not.toContain(other.agreement);
    if (mine !== own.agreement) expect(seen, kind.name).not.toContain(own.agreement);
  }
  expect(heard).toEqual(wanted);
  expect(last).toBeGreaterThan(0);
  for (const kind of kinds.filter(({ turned }) => turned))
    expect((await fetch(`${url}/v1/events/stream`, { headers: kind.headers })).status).toBe(401);

  /** Agreement of the first event with one. */
  async function first(response: Response): Promise<string> {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; reader; ) {
      const { value, done } = await reader.read();
      text += value ?? "";
      const found = /"agreement":"([^"]+)"/.exec(text)?.[1];
      if (found || done) return found ?? "";
    }
    return "";
  }
});

test("an act is asked for by the seat that it is for, whoever else sits at the table", async () => {
  const { own, url, person } = estate;
  const milestone = "none such";
  const ACTS: readonly [act: Readonly<Record<string, unknown>>, seats: readonly SeatRole[]][] = [
    [{ verb: "fund", milestones: ["NAME"] }, ["client"]],
    [{ verb: "terminate", milestones: ["NAME"] }, ["client"]],
    [{ verb: "accept", milestones: ["NAME"] }, ["client"]],
    [{ verb: "acceptPart", milestone, share: "50 %" }, ["client"]],
    [{ verb: "reject", milestone }, ["client"]],
    [{ verb: "deliver", milestone, commitment: `0x${"11".repeat(32)}` }, ["provider"]],
    [{ verb: "namePayee", payee: `0x${"22".repeat(20)}` }, ["provider"]],
    [{ verb: "settle", toProvider: "0", toClient: "0" }, ["client", "provider"]],
  ];
  const { document } = await estate.done("agreement.show", { agreement: own.agreement }, person("owner").headers);
  const [{ name } = { name: "" }] = (document as { milestones: { name: string }[] }).milestones;
  const named = (act: Readonly<Record<string, unknown>>) =>
    JSON.parse(JSON.stringify(act).replaceAll("NAME", name).replaceAll(milestone, name));
  for (const [act, seats] of ACTS) {
    for (const seat of ["client", "provider", "arbitrator", "reporter", "reader"] as const) {
      const { headers } = person(seat === "client" ? "owner" : seat);
      for (const operation of ["act.prepare", "act.submit"] as const) {
        const { code, text } = await Knock.ask(url, operation, { agreement: own.agreement, act: named(act) }, headers);
        const row = `${act.verb} by the ${seat}: ${text}`;
        if (seats.includes(seat)) expect(REFUSALS.has(code), row).toBe(false);
        else expect(code, row).toBe("forbidden");
      }
    }
  }
});

describe("by MCP the same refusals", () => {
  const CALLERS = [
    ...["nobody", "a stranger's key", "a key for read", "a key of an owner who is an auditor now"],
    ...["the owner with the seat of reader", "a party's auditor", "a key of the owner for another organisation"],
  ];
  test.each(CALLERS)("%s", async (who) => {
    const kind = kinds.find(({ name }) => name === who);
    if (!kind) throw new Error(`nobody is called ${who}`);
    const found: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const name of Table.NAMES) {
      for (const place of isAbout(name) ? (["own", "other"] as const) : (["own"] as const)) {
        const want = kind.turned ?? expected(kind, name, place);
        if (want === "allowed") continue;
        const input = Samples.of(estate[place], Samples.NOWHERE)[name];
        wanted[`${name}, ${place}`] = want;
        found[`${name}, ${place}`] = (await Knock.tool(estate.url, name.replace(".", "_"), input, kind.headers)).code;
      }
    }
    expect(found).toEqual(wanted);
  });
});

describe("over HTTP", () => {
  test.each(ordered)("%s lets in who may, and nobody else", async (name) => {
    const found: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    const unlike: string[] = [];
    for (const kind of kinds) {
      const texts: Partial<Record<Place, string>> = {};
      const early = isEarly(expected(kind, name, "own"));
      for (const place of isAbout(name) && !early ? PLACES : (["own"] as const)) {
        const row = `${kind.name}, ${place}`;
        const input = Samples.of(estate[place], Samples.NOWHERE)[name];
        const { status, code, text } = await Knock.ask(estate.url, name, input, { ...kind.headers, ...SAME });
        expect(status, `${row}: ${text}`).toBeLessThan(500);
        texts[place] = text;
        const want = expected(kind, name, place);
        wanted[row] = want;
        // A link that leads nowhere is not found by whoever may follow links.
        const isLink = "token" in input && code === "not-found";
        found[row] = want === "allowed" && (isLink || !REFUSALS.has(code)) ? want : code;
      }
      // Who sits in the agreement knows of it: there another's own is not told from nothing.
      if (HIDDEN.has(name) && kind.seat) {
        const { run, part } = estate.none;
        const ours: Readonly<Record<string, unknown>> = Samples.of(estate.own, Samples.NOWHERE)[name];
        const nothing = { ...ours, ...("run" in ours ? { run } : { part }) };
        const { text } = await Knock.ask(estate.url, name, nothing, { ...kind.headers, ...SAME });
        if (texts.own === text && texts.none !== undefined) texts.own = texts.none;
      }
      // Somebody else's is not told from nothing.
      for (const place of ["own", "other"] as const)
        if (wanted[`${kind.name}, ${place}`] === "not-found" && texts[place] !== texts.none)
          unlike.push(`${kind.name}, ${place}`);
    }
    expect(found).toEqual(wanted);
    expect(unlike).toEqual([]);
  });
});
