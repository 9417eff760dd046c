// Nothing breaks it: whatever is asked, however it is written, the node answers in words and goes on.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Table } from "../../src/api/index.ts";
import * as Estate from "./Estate.ts";
import * as Inputs from "./Inputs.ts";
import * as Knock from "./Knock.ts";
import * as Samples from "./Samples.ts";

const deep = process.env.COMMENDA_DEEP === "1";
/** Of an operation, as it should be and broken. */
const RUNS = deep ? 1_000 : 20;
/** The same failure again and again, until it is understood. */
const SEED = deep ? Date.now() : 20_261_122;

let estate: Estate.Estate;
let known: Inputs.Known;

beforeAll(async () => {
  estate = await Estate.open();
  const { own, other } = estate;
  const { document } = await estate.done(
    "agreement.show",
    { agreement: own.agreement },
    estate.person("owner").headers,
  );
  const milestone = (document as { milestones: { name: string }[] }).milestones.map(({ name }) => name);
  known = {
    ...Object.fromEntries(Object.entries(own).map(([name, id]) => [name, [id]])),
    ...{
      user: [own.spare, "nobody"],
      readers: [own.organisation, other.organisation],
      by: [own.agreement, other.agreement],
    },
    ...{
      milestone,
      milestones: milestone,
      fund: milestone,
      version: [1],
      from: [1],
      to: [1],
      base: [1],
      limit: [1, 200],
    },
    ...{
      after: Inputs.CURSORS,
      validUntil: [-1, 0, 2 ** 40, 2 ** 41, Number.MAX_SAFE_INTEGER],
      document: [document, {}],
    },
    ...{ token: [await estate.invite("reader")], side: ["client", "provider"] },
  };
});
afterAll(() => estate?.close());

/** What a caller can do nothing about is told only where something is really down. */
function judge(name: string, answer: Knock.Answer, language: string): void {
  const { status, body, text, headers } = answer;
  const row = `${name}: ${status} ${text.slice(0, 2_000)}`;
  expect(status, row).toBeLessThan(500);
  expect(text, row).not.toMatch(/node_modules|\.ts:\d+|at async|Failed query|select .* from/);
  // The line itself was too long: said by the server of HTTP, before there is a request.
  if (status < 400 || status === 431) return;
  expect(headers.get("content-type"), row).toBe("application/problem+json");
  expect(headers.get("content-language"), row).toBe(language);
  const { code, title, detail, titles, details } = body;
  expect(body.status, row).toBe(status);
  for (const one of [code, title, detail]) expect(typeof one === "string" && one.length > 0, row).toBe(true);
  expect({ title, detail }, row).toEqual({
    title: (titles as Record<string, string>)[language],
    detail: (details as Record<string, string>)[language],
  });
}

describe("numbers and places that no list and no column has", () => {
  const paged = Table.NAMES.filter((name) => "after" in Table.rowOf(name).input.shape);
  test.each(paged)("%s", async (name) => {
    const { headers } = estate.person("owner");
    const sample = Samples.of(estate.own, Samples.NOWHERE)[name];
    for (const after of Inputs.CURSORS) {
      const answer = await Knock.ask(estate.url, name, { ...sample, after }, headers);
      judge(`${name} after ${Buffer.from(after, "base64url")}`, answer, "en");
      expect(["done", "bad-input", "not-found"]).toContain(answer.code);
    }
  });

  const BEYOND = [2 ** 31, 2 ** 32, 2 ** 40, Number.MAX_SAFE_INTEGER, 2 ** 63, -1, 1.5, 1e308];
  const SIGNED = { signature: `0x${"11".repeat(65)}` };
  test.each(BEYOND)("%d", async (number) => {
    const { agreement, organisation, address } = estate.own;
    const [milestone = ""] = known.milestone as string[];
    const asked: [Table.Name, Inputs.Input][] = [
      ["version.show", { agreement, version: number }],
      ["version.endings", { agreement, version: number }],
      ["version.compare", { agreement, from: number, to: 1 }],
      ["version.compare", { agreement, from: 1, to: number }],
      ["comment.add", { agreement, version: number, text: "x" }],
      ["version.save", { agreement, base: number, document: {} }],
      ["signature.give", { agreement, side: "client", version: number, ...SIGNED }],
      ["evidence.create", { agreement, name: "x", size: number }],
      ["act.prepare", { agreement, act: { verb: "open" }, days: number }],
      ["act.submit", { agreement, act: { verb: "terminate", milestones: [milestone] }, ...SIGNED, validUntil: number }],
      ["account.execute", { ...EXECUTION, organisation, address, validUntil: number }],
      ["key.create", { organisation, name: "x", scopes: ["read"], days: number }],
      ["invitation.create", { agreement, role: "reader", days: number }],
      ["demo.advance", { minutes: number }],
    ];
    const { headers } = estate.person("owner");
    for (const [name, input] of asked) judge(name, await Knock.ask(estate.url, name, input, headers), "en");
  });

  const EXECUTION = { calls: [{ to: `0x${"22".repeat(20)}`, data: "0x" }], nonce: "0", validUntil: 0, ...SIGNED };
  test.each(["9".repeat(78), String(2n ** 256n), String(2n ** 256n - 1n), "x".repeat(100), ""])(
    "%s units",
    async (units) => {
      const { agreement, organisation, address } = estate.own;
      const zero = { toProvider: "0", toClient: "0" };
      const asked: [Table.Name, Inputs.Input][] = [
        ["organisation.update", { organisation, above: units }],
        ["act.prepare", { agreement, act: { verb: "settle", ...zero, toProvider: units } }],
        ["act.prepare", { agreement, act: { verb: "report", value: units } }],
        ["act.prepare", { agreement, act: { verb: "redirect", to: address, amount: units } }],
        ["account.execute", { ...EXECUTION, organisation, address, nonce: units }],
        [
          "account.execute",
          { ...EXECUTION, organisation, address, calls: [{ to: address, data: "0x", value: units }] },
        ],
      ];
      const { headers } = estate.person("owner");
      for (const [name, input] of asked) judge(name, await Knock.ask(estate.url, name, input, headers), "en");
    },
  );
});

/** Takes the agreement, or its members, from under the others. */
const LAST = new Set<Table.Name>([
  "agreement.withdraw",
  "member.remove",
  "member.change",
  "webhook.remove",
  "desk.stop",
]);
const ordered = [...Table.NAMES].toSorted((one, next) => Number(LAST.has(one)) - Number(LAST.has(next)));

describe("every operation, asked in every way", () => {
  test.each(ordered)("%s", async (name) => {
    const valid = Inputs.valid(name, known);
    const input = fc.oneof({ weight: 1, arbitrary: valid }, { weight: 2, arbitrary: Inputs.broken(valid) });
    const { headers } = estate.person("owner");
    const language = fc.constantFrom("en", "zh");
    const property = fc.asyncProperty(input, language, fc.boolean(), async (given, language, keyed) => {
      const said = {
        ...headers,
        "accept-language": language,
        ...(keyed ? { "idempotency-key": crypto.randomUUID() } : {}),
      };
      const answer = await Knock.ask(estate.url, name, given, said, Inputs.write);
      judge(name, answer, language);
    });
    await fc.assert(property, { seed: SEED + Table.NAMES.indexOf(name), numRuns: RUNS, endOnFailure: true });
    // And lives.
    const sample = Samples.of(estate.own, Samples.NOWHERE)["organisation.show"];
    expect((await Knock.ask(estate.url, "organisation.show", sample, headers)).status).toBe(200);
  });
});
