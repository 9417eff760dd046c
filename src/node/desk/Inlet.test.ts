import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Table } from "../../api/index.ts";
import * as Reply from "../http/Reply.ts";
import * as Desking from "../testing/Desking.ts";
import type { Person } from "../testing/Drafting.ts";
import * as Duty from "./Duty.ts";
import * as Inlet from "./Inlet.ts";

const NOW = Date.parse("2026-11-23T09:00Z") / 1_000;

let node: Desking.Node;
let owner: Person;
let desk: string;
/** By the clock of people. */
let time = NOW;

beforeAll(async () => {
  node = await Desking.begin(NOW);
  owner = await node.person("Owner");
  desk = (await node.ask("desk.create", { organisation: owner.organisation, name: "Desk" }, owner)).id;
});
afterAll(() => node.close());

const at = () => ({ organisation: owner.organisation, desk });
type Made = Table.Output<"inlet.create">;
const create = (scheme: "standard" | "github"): Promise<Made> =>
  node.ask("inlet.create", { ...at(), name: "shop", scheme }, owner);

async function push({ url }: Pick<Made, "url">, body: string, headers: Record<string, string>) {
  const app = Inlet.routes(node.parts, { now: () => time });
  app.onError(async (error) => {
    const { details } = await Reply.problemOf(error, "en", { request: "r", store: node.parts.store });
    return new Response(JSON.stringify(details), { status: details.status });
  });
  const answer = await app.request(new URL(url).pathname, { method: "POST", body, headers });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const standard = (secret: string, id: string, body: string, at = time) => ({
  "webhook-id": id,
  "webhook-timestamp": String(at),
  "webhook-signature": new Webhook(secret).sign(id, new Date(at * 1_000), body),
});
const github = (secret: string, body: string) => ({
  "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
});
const waiting = async (text: string) => (await node.ask("ticket.list", { ...at(), text }, owner)).items.length;

describe("a signed message", () => {
  test("behavior: is taken once, whatever its number of comings; its job decides later", async () => {
    const made = await create("standard");
    expect(made.secret).toMatch(/^whsec_/);
    const body = JSON.stringify({ feedback: [{ text: "the parcel is late", reference: "m-1" }, { text: " " }, 7] });
    const first = await push(made, body, standard(made.secret, "one", body));
    expect(first).toMatchObject({ status: 202, body: { tickets: 1, feedback: 1, bad: [{ at: 2 }, { at: 3 }] } });
    expect(node.jobs.at(-1)?.data).toEqual({ do: "triage", desk });
    time += 10;
    expect((await push(made, body, standard(made.secret, "one", body))).body).toEqual({ known: true });
    expect(await waiting("parcel")).toBe(1);
    // Whatever becomes of who took it in: its job decides.
    const { items } = await node.ask("ticket.list", { ...at(), state: "new" }, owner);
    expect(items).toMatchObject([{ text: "the parcel is late", references: ["m-1"] }]);
    await Duty.worker(node.parts)(node.jobs.at(0)?.data ?? {});
    expect(await node.ask("ticket.show", { ...at(), ticket: items[0]?.id }, owner)).toMatchObject({
      guesses: [{ intent: "order_status" }, {}, {}],
      packet: { lines: [{ kind: "decision" }] },
    });
    expect(JSON.stringify(await node.ask("inlet.list", at(), owner))).not.toContain("whsec_");
  });

  test("behavior: GitHub's, by its own scheme; the same body under another name is known", async () => {
    const made = await create("github");
    const issue = { title: "Dark icons", body: "They cannot be seen at night", html_url: "https://git.example/1" };
    const body = JSON.stringify({ action: "opened", issue });
    expect((await push(made, body, github(made.secret, body))).body).toMatchObject({ tickets: 1 });
    const again = await push(made, body, { ...github(made.secret, body), "x-github-delivery": "another" });
    expect(again.body).toEqual({ known: true });
  });

  test("error: unsigned, signed by another, changed, too old, too new, nowhere: the same words", async () => {
    const made = await create("standard");
    const other = await create("standard");
    const body = '{"text":"let me in"}';
    const good = standard(made.secret, "x", body);
    const refused = await Promise.all([
      push(made, body, {}),
      push(made, body, standard(other.secret, "x", body)),
      push(made, body.replace("let", "LET"), good),
      push(made, body, { ...good, "webhook-id": "y" }),
      push(made, body, standard(made.secret, "x", body, time - 301)),
      push(made, body, standard(made.secret, "x", body, time + 301)),
      push({ url: `https://node.example${Inlet.PATH}/${crypto.randomUUID()}` }, body, good),
      push({ url: `https://node.example${Inlet.PATH}/nothing` }, body, good),
    ]);
    const [first] = refused;
    for (const one of refused) expect(one).toEqual(first);
    expect(first?.status).toBe(422);
    await node.ask("inlet.remove", { ...at(), inlet: made.id }, owner);
    expect(await push(made, body, good)).toEqual(first);
    expect(await waiting("let me in")).toBe(0);
  });

  test("error: too large, and no JSON", async () => {
    const made = await create("github");
    for (const [body, status] of [
      ["x".repeat(1_000_001), 413],
      ["{", 400],
    ] as const)
      expect((await push(made, body, github(made.secret, body))).status).toBe(status);
  });
});
