import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Bench from "../testing/Bench.ts";
import { deploy } from "./deploy.ts";

let bench: Bench.Bench;
beforeAll(async () => {
  bench = await Bench.open([deploy]);
});
afterAll(() => bench.close());

const run = (out: string, ...args: string[]) =>
  bench.run("client", ["deploy", "--folder", bench.path("sent"), "--out", bench.path(out), ...args]);

describe("the contracts on a chain", () => {
  test("behavior: each stands once, a second run changes nothing, and one cut off goes on", async () => {
    const first = await run("all.json", "--json");
    expect(first.err).toBe("");
    const done = JSON.parse(first.out);
    for (const name of ["Annex", "Escrow", "EscrowReader", "EvidenceBoard", "AccountFactory"])
      expect(await bench.node.rpc("eth_getCode", [done[name], "latest"])).not.toBe("0x");
    const block = await bench.block();
    const again = await run("all.json");
    expect(again.code).toBe(0);
    expect(again.out).toContain(`COMMENDA_ESCROW=${done.Escrow}`);
    expect(again.out).toContain(`COMMENDA_FIRST_BLOCK=${done.block}`);
    expect(await bench.block()).toBe(block);

    const { chainId, block: first_, Annex, Escrow } = done;
    bench.write("half.json", JSON.stringify({ chainId, block: first_, Annex, Escrow }));
    const rest = JSON.parse((await run("half.json", "--json")).out);
    expect(rest).toMatchObject({ Annex, Escrow });
    expect(await bench.block()).toBe(block + 3);
  });

  test("error: a file that is none, is of another chain, or names what is not there; nothing is sent", async () => {
    const block = await bench.block();
    bench.write("broken.json", "{");
    bench.write("other.json", JSON.stringify({ chainId: 5, block: 0 }));
    bench.write("gone.json", JSON.stringify({ chainId: 31_337, block: 0, Annex: `0x${"12".repeat(20)}` }));
    for (const [file, says] of [
      ["broken.json", "no JSON"],
      ["other.json", "chain 5"],
      ["gone.json", "no contract at Annex"],
    ] as const) {
      const ran = await run(file);
      expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(says)]);
    }
    const nobody = await bench.run(undefined, ["deploy", "--out", bench.path("x.json")]);
    expect(nobody.err).toContain("There is no key");
    expect(await bench.block()).toBe(block);
  });
});
