import { afterAll, beforeAll, expect, test } from "vitest";
import * as Bench from "../testing/Bench.ts";
import { act } from "./act.ts";
import { watch } from "./watch.ts";

let bench: Bench.Bench;
beforeAll(async () => {
  bench = await Bench.open([act, watch]);
  bench.write("design.zip", "drawings");
});
afterAll(() => bench.close());

const watched = (...args: string[]) => bench.run(undefined, ["watch", "--terms", bench.file, "--once", ...args]);

test("behavior: what was never opened, and what goes on, in both languages and for programs", async () => {
  expect(await watched()).toEqual({ code: 0, out: "It was never opened.\n", err: "" });
  expect((await watched("--lang", "zh")).out).toBe("该协议从未生效。\n");
  await bench.open();
  await bench.until("2027-01-28T09:00Z");
  await bench.act("provider", "deliver", "--milestone", "design", "--file", bench.path("design.zip"));
  const before = await bench.block();
  const { code, out, err } = await watched();
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const title = bench.terms.milestones[0]?.title;
  expect(out).toMatch(/^2027-01-05T09:\d\dZ {2}opened\n/);
  expect(out).toContain(`2027-01-28T09:00Z  delivered · ${title?.en}\n`);
  expect(out).toMatch(/\nIt goes on\.\n$/);
  const chinese = (await watched("--lang", "zh")).out;
  expect(chinese).toContain(`2027-01-28T09:00Z  已交付 · ${title?.zh}\n`);
  expect(chinese).toMatch(/\n协议仍在进行。\n$/);
  const lines = (await watched("--json")).out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ kind }) => kind)).toEqual(["opened", "delivered"]);
  expect((await watched("--json", "--from", String(before))).out.trim().split("\n")).toHaveLength(1);
  expect(await bench.block()).toBe(before);
});

test("behavior: follows until it is interrupted, and says where things stand", async () => {
  const stop = new AbortController();
  const lines: string[] = [];
  const print = (text: string) => {
    lines.push(text);
    if (text.includes("delivered")) void bench.act("client", "accept", "--milestone", "design");
    if (text.includes("paid")) stop.abort();
  };
  const context = { print, interruption: () => stop.signal };
  expect(await bench.run(undefined, ["watch", "--terms", bench.file], context)).toMatchObject({ code: 0, err: "" });
  expect(lines.at(-2)).toMatch(/paid · .* · CNY 20,000\.00$/);
  expect(lines.at(-1)).toBe("It goes on.");
});

test.each<[why: string, args: string[], en: string]>([
  ["no terms", ["watch", "--once"], "--terms is missing"],
  [
    "a block that is none",
    ["watch", "--terms", "TERMS", "--from", "yesterday"],
    '--from: found "yesterday", expected the number',
  ],
  ["a node that is down", ["watch", "--terms", "TERMS", "--rpc", "http://127.0.0.1:9"], "does not answer"],
])("error: %s", async (_why, args, en) => {
  const { code, out, err } = await bench.run(
    undefined,
    args.map((one) => (one === "TERMS" ? bench.file : one)),
  );
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(en);
});
