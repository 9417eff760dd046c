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
const RUNS = deep ? 300 : 12;
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

/** Takes the agreement, or its members, from under the others. */
const LAST = new Set<Table.Name>(["agreement.withdraw", "member.remove", "member.change", "webhook.remove"]);
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
