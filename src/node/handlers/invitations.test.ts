import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../api/index.ts";
import * as Rehearsal from "../../ledger/Rehearsal.ts";
import * as schema from "../store/schema.ts";
import * as Drafting from "../testing/Drafting.ts";

const { codeOf, EARLY } = Drafting;
let ledger: Rehearsal.Rehearsal;
let node: Drafting.Node;
let client: Drafting.Person;
let provider: Drafting.Person;
let third: Drafting.Person;

beforeAll(async () => {
  ledger = await Rehearsal.open({ genesis: EARLY - 86_400 });
  node = await Drafting.begin({ ledger, escrow: ledger.deployment.escrow.toLowerCase() as `0x${string}` }, EARLY);
  client = await node.person("Client");
  provider = await node.person("Provider", { account: `0x${"ce".repeat(20)}` });
  third = await node.person("Third");
});
afterAll(async () => {
  await node.close();
  await ledger.close();
});

async function begin(): Promise<string> {
  const input = { organisation: client.organisation, side: "client", document: { title: { en: "Deal", zh: "交易" } } };
  return (await node.ask("agreement.create", input, client)).id;
}
const invite = (agreement: string, role = "provider", more = {}) =>
  node.ask("invitation.create", { agreement, role, ...more }, client);
const tokenOf = ({ url }: { url: string }) => url.slice(-43);
const show = (made: { url: string }) => node.ask("invitation.show", { token: tokenOf(made) });
const accept = (made: { url: string }, by: Drafting.Person) =>
  node.ask("invitation.accept", { token: tokenOf(made), organisation: by.organisation }, by);

describe("a link", () => {
  test("behavior: says who invites, gives the seat once, and to the same organisation again", async () => {
    const agreement = await begin();
    const made = await invite(agreement, "provider", { email: "p@example.com" });
    expect(Table.table["invitation.create"].output.safeParse(made).error).toBeUndefined();
    expect(made.url).toMatch(/^https:\/\/node\.example\/i\/[A-Za-z0-9_-]{43}$/);
    expect(await show(made)).toEqual({
      ...{ title: { en: "Deal", zh: "交易" }, from: "Client Ltd.", role: "provider" },
      expiresAt: "2026-12-15T00:00:00.000Z",
      preview: { status: "draft", version: 1 },
    });
    const first = await accept(made, provider);
    expect(first).toMatchObject({ id: agreement, mine: ["provider"] });
    expect(first.seats.map(({ role, name }) => [role, name])).toEqual([
      ["client", "Client Ltd."],
      ["provider", "Provider Ltd."],
    ]);
    expect(await accept(made, provider)).toEqual(first);
    expect(await codeOf(accept(made, third))).toBe("gone");
    expect(await codeOf(show(made))).toBe("gone");
    const { items } = await node.ask("invitation.list", { agreement }, client);
    expect(items).toMatchObject([{ id: made.id, acceptedBy: provider.organisation, revoked: false }]);
  });

  test("behavior: lets a guest read complete terms before they sign in, unless the inviter does not", async () => {
    const input = { organisation: client.organisation, side: "client", document: Drafting.termsAt(node.parts.place) };
    const { id } = await node.ask("agreement.create", input, client);
    const { preview } = await show(await invite(id));
    expect(preview).toMatchObject({
      ...{ status: "draft", version: 1, amount: "115000000000", currency: { code: "CNY", scale: 6 } },
      ...{ client: expect.objectContaining({ zh: expect.any(String) }), sheet: { zh: expect.any(String) } },
    });
    const closed = await invite(id, "provider", { preview: false });
    expect(closed.preview).toBe(false);
    expect(await show(closed)).not.toHaveProperty("preview");
  });

  test("behavior: only its hash is kept, also under an Idempotency-Key", async () => {
    const agreement = await begin();
    const input = { agreement, role: "provider" };
    const made = await node.ask("invitation.create", input, client, "invite");
    const again = await node.ask("invitation.create", input, client, "invite");
    expect(again).toEqual({ ...made, url: "" });
    const { db } = node.parts.store;
    const kept = JSON.stringify([
      await db.select().from(schema.idempotency),
      await db.select().from(schema.invitation),
      await db.select().from(schema.audit),
      await db.select().from(schema.event),
    ]);
    expect(kept).not.toContain(tokenOf(made));
  });

  test("error: expired, revoked, of what was given up: gone; another's: not found", async () => {
    const agreement = await begin();
    const [short, revoked, left] = [
      await invite(agreement, "provider", { days: 1 }),
      await invite(agreement),
      await invite(agreement, "reader"),
    ];
    await node.ask("invitation.revoke", { agreement, invitation: revoked.id }, client);
    await node.ask("invitation.revoke", { agreement, invitation: revoked.id }, client);
    node.clock.time = EARLY + 86_400;
    for (const one of [short, revoked]) {
      expect(await codeOf(show(one))).toBe("gone");
      expect(await codeOf(accept(one, provider))).toBe("gone");
    }
    node.clock.time = EARLY;
    await node.ask("agreement.withdraw", { agreement }, client);
    expect(await codeOf(accept(left, provider))).toBe("gone");
    const elsewhere = { agreement: await begin(), invitation: left.id };
    expect(await codeOf(node.ask("invitation.revoke", elsewhere, client))).toBe("not-found");
    expect(await codeOf(node.ask("invitation.show", { token: "A".repeat(43) }))).toBe("not-found");
  });

  test("error: a party's seat has one organisation, and no party sits on both sides", async () => {
    const agreement = await begin();
    const [one, other] = [await invite(agreement), await invite(agreement)];
    expect(await codeOf(accept(one, client))).toBe("state-conflict");
    const both = await Promise.allSettled([accept(one, provider), accept(other, third)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { reason } = both.find(({ status }) => status === "rejected") as PromiseRejectedResult;
    expect(reason).toMatchObject({ code: "state-conflict" });
    expect(await codeOf(invite(agreement))).toBe("state-conflict");
    expect(await codeOf(invite(agreement, "client"))).toBe("state-conflict");
    expect(await codeOf(invite(agreement, "reader"))).toBe("done");
  });

  test("behavior: the document stays as it is, and a missing account is a problem that names it", async () => {
    const agreement = await begin();
    const document = { parties: { client: {}, provider: {} } };
    await node.ask("version.save", { agreement, base: 1, document }, client);
    const joined = await accept(await invite(agreement), provider);
    expect(joined.document).toEqual(document);
    const problem = joined.problems.find(({ field }) => field === "parties.provider.address");
    expect(problem?.detail).toContain(`0x${"ce".repeat(20)}`);
  });

  test("error: an auditor takes no seat for the organisation", async () => {
    const auditor = await node.person("Auditor", { organisation: third.organisation, role: "auditor" });
    const made = await invite(await begin());
    expect(await codeOf(accept(made, auditor))).toBe("forbidden");
    expect(await codeOf(accept(made, { ...provider, organisation: third.organisation }))).toBe("not-found");
  });
});

describe("comments", () => {
  test("behavior: are told to the other side, listed oldest first, and resolved once", async () => {
    const agreement = await begin();
    await accept(await invite(agreement), provider);
    const add = (text: string, by: Drafting.Person, field?: string) =>
      node.ask("comment.add", { agreement, version: 1, text, ...(field ? { field } : {}) }, by);
    const made = [
      await add("Too late?", client, "openBy"),
      await add("<b>No</b> \u{1F642}", provider),
      await add("Ok", client),
    ];
    expect(Table.table["comment.add"].output.safeParse(made[0]).error).toBeUndefined();
    const page = await node.ask("comment.list", { agreement, limit: 2 }, client);
    const rest = await node.ask("comment.list", { agreement, limit: 2, after: page.next }, client);
    expect([...page.items, ...rest.items]).toEqual(made);
    const [first] = made;
    const resolved = await node.ask("comment.resolve", { agreement, comment: first?.id }, provider);
    expect(resolved).toEqual({ ...first, resolvedAt: "2026-12-01T00:00:00.000Z" });
    node.clock.time += 60;
    expect(await node.ask("comment.resolve", { agreement, comment: first?.id }, client)).toEqual(resolved);
    node.clock.time = EARLY;
    const { notice } = schema;
    const told = await node.parts.store.db.select().from(notice).where(eq(notice.agreement, agreement));
    const about = told.filter(({ kind }) => kind === "comment.added").map(({ user, says }) => [user, says.en]);
    expect(about.sort()).toEqual(
      [
        [provider.caller.user, "Client comments on openBy."],
        [client.caller.user, "Provider comments on version 1."],
        [provider.caller.user, "Client comments on version 1."],
      ].sort(),
    );
  });

  test("error: on a version that there is not, or resolved in another agreement", async () => {
    const agreement = await begin();
    expect(await codeOf(node.ask("comment.add", { agreement, version: 2, text: "a" }, client))).toBe("bad-input");
    const { id } = await node.ask("comment.add", { agreement, version: 1, text: "a" }, client);
    const elsewhere = { agreement: await begin(), comment: id };
    expect(await codeOf(node.ask("comment.resolve", elsewhere, client))).toBe("not-found");
  });
});
