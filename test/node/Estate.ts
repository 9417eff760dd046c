/** Two worlds on one node, each with one of everything, and people of every kind around the first. */
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { Terms, Verdict } from "../../src/agreement/index.ts";
import type { Table } from "../../src/api/index.ts";
import { SCOPES, type Scope } from "../../src/api/Operation.ts";
import * as Cast from "../../src/cli/Cast.ts";
import type { Role, SeatRole } from "../../src/node/Call.ts";
import * as schema from "../../src/node/store/schema.ts";
import * as Knock from "./Knock.ts";
import { PROFILE } from "./Samples.ts";
import * as Site from "./Site.ts";

/** Ids of one of everything in one organisation and its agreement. */
export type World = {
  readonly organisation: string;
  readonly agreement: string;
  readonly comment: string;
  readonly evidence: string;
  /** A file that is erased. */
  readonly scrap: string;
  readonly folder: string;
  /** A sealed part of a suite. */
  readonly part: string;
  readonly run: string;
  readonly verdict: string;
  readonly invitation: string;
  readonly webhook: string;
  readonly delivery: string;
  readonly approval: string;
  readonly act: string;
  readonly key: string;
  readonly notice: string;
  readonly desk: string;
  readonly ticket: string;
  readonly inlet: string;
  readonly count: string;
  readonly brief: string;
  /** Of that brief, in which the organisation itself was judged, and may ask why. */
  readonly ranking: string;
  /** A link to that brief. */
  readonly call: string;
  readonly proof: string;
  readonly attestation: string;
  /** A member whom nobody calls as. */
  readonly spare: string;
  readonly address: string;
  /** An address to which builds are reported. */
  readonly ci: string;
};

/** What there is of somebody. */
type Person = { readonly user: string; readonly personal: string; readonly headers: Knock.Headers };

export type Estate = {
  readonly site: Site.Site;
  readonly url: string;
  readonly own: World;
  readonly other: World;
  /** Ids of nothing. */
  readonly none: World;
  readonly people: ReadonlyMap<string, Person>;
  person(name: string): Person;
  /** A link into the first agreement, or into the first organisation. */
  invite(seat: SeatRole): Promise<string>;
  admit(role: Role): Promise<string>;
  /** An operation, by a session or a key, that has to succeed. */
  done(
    name: Table.Name,
    input: Readonly<Record<string, unknown>>,
    headers: Knock.Headers,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** A key of an organisation, by who owns it. */
  key(
    organisation: string,
    scopes: readonly Scope[],
    headers: Knock.Headers,
  ): Promise<{ id: string; headers: Knock.Headers }>;
  enter(name: string): Promise<Knock.Headers>;
  close(): Promise<void>;
};

/** Before the dates of the example. */
const BEGIN = Date.parse("2026-12-01T00:00Z") / 60_000;

export async function open(): Promise<Estate> {
  const site = await Site.open({ begin: BEGIN, env: { COMMENDA_OPERATORS: Cast.account("operator") } });
  const { url, parts } = site.node;
  const { db } = parts.store;
  const people = new Map<string, Person>();
  const person = (name: string): Person => {
    const found = people.get(name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };

  async function done(name: Table.Name, input: Readonly<Record<string, unknown>>, headers: Knock.Headers) {
    const { status, text, body } = await Knock.ask(url, name, input, headers);
    if (status !== 200) throw new Error(`${name}: ${status} ${text}`);
    return body;
  }
  async function enter(name: string): Promise<Knock.Headers> {
    const { answer, cookie } = await Knock.enter({ url, chainId: site.ledger.chainId }, name);
    if (answer.status !== 200) throw new Error(`${name} does not get in: ${answer.text}`);
    return { cookie };
  }
  async function come(name: string): Promise<Person> {
    const headers = await enter(name);
    const me = await done("me.show", {}, headers);
    const [{ id: personal } = { id: "" }] = me.organisations as { id: string }[];
    const one = { user: String(me.user), personal, headers };
    people.set(name, one);
    return one;
  }
  async function key(organisation: string, scopes: readonly Scope[], headers: Knock.Headers) {
    const { id, secret } = await done("key.create", { organisation, name: "tool", scopes }, headers);
    return { id: String(id), headers: { authorization: `Bearer ${secret}` } };
  }
  const tokenOf = ({ url }: Readonly<Record<string, unknown>>) => String(url).split("/").at(-1) ?? "";

  /** One of everything, for an owner. */
  async function found(owner: Person): Promise<World> {
    const { headers, user } = owner;
    const spare = await come(`spare of ${user}`);
    const organisation = String((await done("organisation.create", { name: "Works" }, headers)).id);
    const token = tokenOf(await done("member.invite", { organisation, role: "member" }, headers));
    await done("member.join", { token }, spare.headers);
    const signers = [{ name: "wallet", signer: Cast.account("own signer") }];
    const { address } = await done("account.create", { organisation, name: "Till", signers }, headers);
    const registrar = { kind: "chain", chainId: site.ledger.chainId, escrow: site.escrow } as const;
    const document = JSON.parse(Terms.canonical(Terms.example({ registrar }))) as Record<string, unknown>;
    const agreement = String((await done("agreement.create", { organisation, side: "client", document }, headers)).id);
    const put = async (name: string) =>
      String((await done("evidence.put", { agreement, name, content: "aGVsbG8=" }, headers)).id);
    const [evidence, scrap] = [await put("note.txt"), await put("scrap.txt")];
    const work = [{ path: "a.txt", content: "aGVsbG8=" }];
    const keep = async (purpose: string, files: unknown) =>
      String((await done("folder.put", { agreement, purpose, files }, headers)).id);
    const shop = await done("suite.template", { suite: "shop" }, headers);
    const [folder, part] = [await keep("work", work), await keep("part", shop.part)];
    const comment = String((await done("comment.add", { agreement, version: 1, text: "Well." }, headers)).id);
    const invitation = String((await done("invitation.create", { agreement, role: "reader" }, headers)).id);
    const ci = String((await done("ci.create", { agreement, source: "gitlab", name: "builds" }, headers)).id);
    await db.insert(schema.manifest).values({
      ...{ id: evidence, agreement, ledgerId: `0x${"00".repeat(32)}`, tranche: 0, milestone: "design", round: 0 },
    });
    const made = {
      webhook: randomUUID(),
      delivery: randomUUID(),
      act: randomUUID(),
      approval: randomUUID(),
      notice: randomUUID(),
      run: randomUUID(),
      verdict: randomUUID(),
      proof: randomUUID(),
      attestation: randomUUID(),
    };
    // What takes receivers, money and second persons to come about is put there.
    await db.insert(schema.webhook).values({
      id: made.webhook,
      organisation,
      url: "https://192.0.2.1/",
      kinds: [],
      active: false,
      secret: "whsec_AAAA",
      seq: 1e9,
    });
    await db
      .insert(schema.delivery)
      .values({ id: made.delivery, webhook: made.webhook, seq: 1, kind: "fact", body: "{}", state: "delivered" });
    await db.insert(schema.act).values({
      ...{ id: made.act, agreement, ledgerId: `0x${"00".repeat(32)}`, verb: "claim", act: {}, call: {} },
      ...{ status: "refused", user, organisation },
    });
    await db.insert(schema.approval).values({ id: made.approval, organisation, act: made.act, user, state: "refused" });
    await db.insert(schema.notice).values({
      id: made.notice,
      user,
      kind: "note",
      says: { en: "Look.", zh: "请看。" },
      agreement,
      key: made.notice,
    });
    const desk = String((await done("desk.create", { organisation, name: "Desk" }, headers)).id);
    const inlet = String((await done("inlet.create", { organisation, desk, name: "shop" }, headers)).id);
    const [ticket, count] = [randomUUID(), randomUUID()];
    await db.insert(schema.ticket).values({
      ...{ id: ticket, desk, number: 1, text: "It crashes.", language: "en", masked: [], bands: [], count: 1 },
      ...{
        references: [],
        source: "api",
        state: "handed",
        reason: "unsure",
        severity: "normal",
        team: "support",
        at: 1,
      },
    });
    await db.insert(schema.deskCount).values({
      ...{ id: count, desk, agreement, document: COUNTED, key: `0x${"11".repeat(20)}`, signature: "0x11", user },
    });
    await db.insert(schema.run).values({
      ...{ id: made.run, agreement, organisation, user, criterion: "trial", state: "stopped" },
      order: { subject: { kind: "tree", hash: `0x${"00".repeat(32)}` }, suiteHash: `0x${"00".repeat(32)}` },
    });
    const { verdict, ...signed } = said();
    await db.insert(schema.verdict).values({
      ...{ id: made.verdict, agreement, tranche: 1, round: 0, attempt: 1 },
      ledgerId: `0x${made.verdict.replaceAll("-", "").repeat(2)}`,
      ...{ criterion: "functions", side: "client", digest: Verdict.digest(verdict), passed: true, confined: true },
      ...{ document: { verdict, ...signed }, organisation, user },
    });
    const brief = String((await done("brief.create", { organisation, text: "A shop in React." }, headers)).id);
    const inBrief = { organisation, brief };
    const call = String((await done("brief.invite", inBrief, headers)).id);
    await done("brief.update", { ...inBrief, shown: true }, headers);
    const ranking = String((await done("brief.match", inBrief, headers)).id);
    await db
      .update(schema.ranking)
      .set({ judged: [organisation] })
      .where(eq(schema.ranking.id, ranking));
    // Asked about this machine, nobody outside is.
    const account = { kind: "git" as const, subject: "https://localhost/name", state: "open" as const };
    await db.insert(schema.proof).values({ id: made.proof, organisation, ...account });
    await db.insert(schema.attestation).values({
      ...{ id: made.attestation, organisation, digest: `0x${"11".repeat(32)}`, what: "gdpr", from: 0, until: 1 },
      ...{ issuer: `0x${"22".repeat(20)}`, signature: "0x11" },
    });
    const { id: keyId } = await key(organisation, SCOPES, headers);
    return {
      ...{ organisation, agreement, comment, evidence, scrap, folder, part, invitation, ...made },
      ...{ key: keyId, spare: spare.user, address: String(address), ci },
      ...{ desk, ticket, inlet, count },
      ...{ brief, ranking, call },
    };
  }

  const owner = await come("owner");
  const stranger = await come("stranger");
  const own = await found(owner);
  const other = await found(stranger);
  // Listed only now, so that neither was judged for the other's brief.
  for (const [{ organisation }, { headers }] of [
    [own, owner],
    [other, stranger],
  ] as const)
    await done("provider.update", { organisation, ...PROFILE }, headers);
  const invite = async (role: SeatRole) =>
    tokenOf(await done("invitation.create", { agreement: own.agreement, role }, owner.headers));
  const admit = async (role: Role) =>
    tokenOf(await done("member.invite", { organisation: own.organisation, role }, owner.headers));
  for (const role of ["signer", "member", "auditor"] as const)
    await done("member.join", { token: await admit(role) }, (await come(role)).headers);
  for (const role of ["provider", "arbitrator", "reporter", "reader"] as const) {
    const { personal: organisation, headers } = await come(role);
    await done("invitation.accept", { token: await invite(role), organisation }, headers);
  }
  await come("operator");
  return {
    ...{ site, url, own, other, none: nothing(own), people, person, invite, admit, done, key, enter },
    close: () => site.close(),
  };
}

/** A count of nothing. */
const COUNTED = {
  ...{ desk: randomUUID(), agreement: randomUUID(), from: 0, to: 1, days: 7, answered: 0, reopened: 0, open: 0 },
  ...{ solved: 0, due: 0, met: 0, head: "0".repeat(64), lines: 0, measure: "solved", value: "0" },
};
/** A verdict of nobody's. */
function said(): Verdict.Signed {
  const hash = `0x${"5a".repeat(32)}`;
  const verdict: Verdict.Verdict = {
    ...{ version: "commenda-verdict/1", criterion: "functions", subject: { kind: "tree", hash }, suite: hash },
    ...{ inputs: [], environment: hash, checks: [{ id: "all", result: "pass" }], measures: [], confined: true },
    ...{ runner: { sandbox: "unshare", system: "linux", version: "1" }, started: 0, ended: 1, artefacts: [] },
  };
  return { verdict, by: `0x${"de".repeat(20)}`, signature: "0x11" };
}

/** As many ids, of nothing. */
function nothing(world: World): World {
  const entries = Object.keys(world).map((name) => [name, randomUUID()]);
  return { ...world, ...Object.fromEntries(entries), address: `0x${"ab".repeat(20)}` };
}
