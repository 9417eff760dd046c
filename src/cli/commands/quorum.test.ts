import { afterAll, beforeAll, expect, test } from "vitest";
import * as Bench from "../testing/Bench.ts";
import { quorum } from "./quorum.ts";

let bench: Bench.Bench;
beforeAll(async () => {
  bench = await Bench.open([quorum]);
});
afterAll(() => bench.close());

const MEMBERS = ["11", "22", "33"].map((two) => `0x${two.repeat(20)}`);
const named = (members: readonly string[]) => members.flatMap((member) => ["--member", member]);
const run = (...args: string[]) => bench.run("client", ["quorum", ...args, "--folder", bench.path("sent")]);

test.each(["panel", "reports"])("behavior: of %s the address is known before, and stays the same", async (kind) => {
  const people = [kind, "--votes", "2", ...named(MEMBERS)];
  const foretold = await run(...people, "--look", "--json");
  expect(foretold.err).toBe("");
  const { address, deployed } = JSON.parse(foretold.out);
  expect([deployed, await bench.node.rpc("eth_getCode", [address, "latest"])]).toEqual([false, "0x"]);
  const placed = await run(...people);
  expect([placed.code, placed.out.trim()]).toEqual([0, address]);
  expect(await bench.node.rpc("eth_getCode", [address, "latest"])).not.toBe("0x");
  const block = await bench.block();
  const again = await run(kind, "--votes", "2", ...named(MEMBERS.toReversed()), "--json");
  expect(JSON.parse(again.out)).toMatchObject({ address, deployed: true });
  expect(await bench.block()).toBe(block);
});

test.each([
  [["council", "--votes", "1", ...named(MEMBERS)], "panel or reports"],
  [["panel", "--votes", "1", "--member", "somebody"], "--member"],
  [["panel", "--votes", "4", ...named(MEMBERS)], "votes"],
  [["panel", ...named(MEMBERS)], "votes"],
  [["panel", "--votes", "1"], "members"],
] as const)("error: %s; nothing is sent", async (args, says) => {
  const block = await bench.block();
  const ran = await run(...args);
  expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(says)]);
  expect(await bench.block()).toBe(block);
});
