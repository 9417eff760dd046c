import { Address as OxAddress, PersonalMessage, Secp256k1, Signature } from "ox";
import { describe, expect, test } from "vitest";
import { type Agreement, Time } from "../../agreement/index.ts";
import type { Bench, Judged } from "../Kind.ts";
import * as Contract from "./Contract.ts";
import * as Manual from "./Manual.ts";
import { clip, holds } from "./Outcome.ts";
import { csv, jsonLines } from "./Rows.ts";

describe("rows", () => {
  test("behavior: CSV as RFC 4180 has it", () => {
    const text = '\ufeffa,b\r\n1,"x, ""y""\nz"\r\n"",茶\r\n\r\n3,';
    expect(csv(text)).toEqual({
      columns: ["a", "b"],
      rows: [
        { a: "1", b: 'x, "y"\nz' },
        { a: "", b: "茶" },
        { a: "3", b: "" },
      ],
    });
  });

  test.each([
    ['a\n"open', 2],
    ['a\nx"y', 2],
    ['a\n"x"y', 2],
    ["a,b\n1", 2],
    ["a,a\n1,2", 1],
  ])("error: %j goes wrong", (text, line) => {
    expect(csv(text)).toEqual({ line });
  });

  test("behavior: JSON Lines are objects, not too deep", () => {
    expect(jsonLines('{"a":1}\n\n{"a":"二"}\n')).toEqual({ rows: [{ a: 1 }, { a: "二" }] });
    expect([jsonLines("1"), jsonLines('{"a":1}\n[]'), jsonLines(`{"a":${"[".repeat(90)}${"]".repeat(90)}}`)]).toEqual([
      { line: 1 },
      { line: 2 },
      { line: 1 },
    ]);
  });
});

test("behavior: what is expected is among what is found; lists are as long", () => {
  expect(holds({ a: [1, { b: 2, c: 3 }], d: 4 }, { a: [1, { b: 2 }] })).toBe(true);
  expect(holds({ a: [1, 2] }, { a: [1] })).toBe(false);
  expect([holds(null, {}), holds({}, { constructor: 1 }), holds([], {})]).toEqual([false, false, false]);
});

test("behavior: words about what a program printed are one line in which everything can be seen", () => {
  expect(clip("a\u200b\n\u0007 b\u202e")).toBe("a\ufffd \ufffd b\ufffd");
  expect([...clip("茶".repeat(900))].length).toBe(301);
  expect(clip(" \n")).toBe("-");
});

describe("a contract", () => {
  const schema = { $ref: "#/components/schemas/Tea" };
  const ok = { content: { "application/json": { schema } } };
  const contract = Contract.read(
    JSON.stringify({
      openapi: "3.1.0",
      paths: { "/teas/{id}": { get: { responses: { 200: ok, "4XX": {}, default: ok } } } },
      components: {
        schemas: {
          Tea: {
            type: "object",
            required: ["name"],
            properties: { name: { type: "string" }, pattern: { $ref: "#/components/schemas/Tea" } },
          },
        },
      },
    }),
    "api.json",
  );
  const judge = (path: string, status: number, body: string, method = "GET") =>
    contract.judge(method, path, { status, body })?.en;

  test("behavior: says what an answer breaks", () => {
    expect(judge("/teas/1?x=1", 200, '{"name":"龙井"}')).toBeUndefined();
    expect(judge("/teas/1", 404, "gone")).toBeUndefined();
    expect(judge("/teas/1", 500, "{}")).toMatch(/^the answer breaks the contract: name:/);
    expect(judge("/teas/1", 200, '{"name":"a","pattern":{}}')).toMatch(/pattern\.name/);
    expect(judge("/teas/1", 200, "<html>")).toBe("the answer is no JSON");
    expect(judge("/teas/1/x", 200, "{}")).toBe("the contract has no GET /teas/1/x");
    expect(judge("/teas/1", 200, "{}", "PUT")).toBe("the contract has no PUT /teas/1");
  });
});

describe("a manual check", () => {
  const key = (digit: string): Agreement.Hex => `0x${digit.repeat(64)}`;
  const address = (privateKey: Agreement.Hex) => OxAddress.fromPublicKey(Secp256k1.getPublicKey({ privateKey }));
  const about = { suite: `0x${"5a".repeat(32)}`, subject: "commit 1f" };
  const sheet = (privateKey: Agreement.Hex, answers: Record<string, boolean>): Manual.Sheet => {
    const text = Buffer.from(Manual.text(about, answers), "utf8").toString("hex");
    const signature = Signature.toHex(
      Secp256k1.sign({ payload: PersonalMessage.getSignPayload(`0x${text}`), privateKey }),
    );
    return { by: address(privateKey), answers, signature };
  };
  const [one, two, three] = [key("1"), key("2"), key("3")];
  const body = (changes: object = {}) => ({
    persons: [one, two, three].map((each) => ({ name: { en: "a", zh: "甲" }, address: address(each) })),
    form: [{ id: "手感", what: { en: "feels right", zh: "手感合适" } }],
    ...{ agree: "most" as const, deadline: "2027-03-01T09:00Z", silence: "fail" as const },
    ...changes,
  });
  const judge = async (answers: readonly Manual.Sheet[], changes: object = {}, now = "2027-02-01T00:00Z") => {
    const signed = answers.filter((each) => Manual.isSigned(each, about));
    const bench = { answers: signed, about, now: Time.parse(now) } as unknown as Bench;
    return (await Manual.manual.judge(body(changes), bench)).map(({ result }: Judged) => result);
  };
  const yes = (each: Agreement.Hex) => sheet(each, { 手感: true });
  const no = (each: Agreement.Hex) => sheet(each, { 手感: false });

  test("behavior: named persons decide, and silence counts as the suite says", async () => {
    const late = "2027-03-01T09:00Z";
    expect(await judge([yes(one), yes(two)])).toEqual(["pass"]);
    expect(await judge([yes(one), no(two)])).toEqual(["error"]);
    expect(await judge([no(one), no(two)])).toEqual(["fail"]);
    expect(await judge([yes(one), no(two)], {}, late)).toEqual(["fail"]);
    expect(await judge([yes(one), no(two)], { silence: "pass" }, late)).toEqual(["pass"]);
    expect(await judge([yes(one)], { agree: "any" })).toEqual(["pass"]);
    expect(await judge([yes(one), yes(two), no(three)], { agree: "all" })).toEqual(["fail"]);
  });

  test("escape: strangers, copied signatures and changed answers count nothing", async () => {
    const changed = { ...no(two), answers: { 手感: true } };
    const borrowed = { ...yes(key("4")), by: address(two) };
    expect(await judge([yes(one), yes(key("4")), changed, borrowed])).toEqual(["error"]);
    expect(Manual.isSigned(yes(one), { ...about, subject: "commit 2f" })).toBe(false);
    expect(Manual.isSigned({ ...yes(one), signature: "0x00" }, about)).toBe(false);
  });
});
