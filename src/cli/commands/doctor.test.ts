import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Anvil from "../../ledger/Anvil.ts";
import { connect } from "../../ledger/Rpc.ts";
import * as Bench from "../testing/Bench.ts";
import { CHECKS, doctor, type Machine, of } from "./doctor.ts";

const good: Machine = {
  ...{ version: "24.1.0", binary: Anvil.binary, temporary: "/tmp", free: () => 1e12 },
  sandboxes: async () => [{ engine: { name: "unshare" }, why: undefined }],
};
type Name = keyof typeof CHECKS;
let bench: Bench.Bench;
beforeAll(async () => {
  bench = await Bench.open([doctor]);
});
afterAll(() => bench.close());

/** One check alone, on a machine that is good but for this. */
async function check(name: Name, machine: Partial<Machine>, ...args: string[]): Promise<Bench.Ran> {
  const command = of({ ...good, ...machine }, [CHECKS[name]]);
  return Bench.run([command], ["doctor", ...args]);
}

describe("what this machine lacks", () => {
  test.each<[name: Name, machine: Partial<Machine>, what: string, fix: string, zh: string]>([
    ["node", { version: "20.20.0" }, "✗ Node 20.20.0", "it installs Node 24", "即可为本项目安装 Node 24"],
    [
      "binary",
      {
        binary() {
          throw new Anvil.MissingBinary("anvil-for-this-machine");
        },
      },
      "✗ the embedded ledger's binary runs",
      "npm install --no-save anvil-for-this-machine",
      "请运行 `npm install --no-save anvil-for-this-machine`",
    ],
    ["binary", { binary: () => "/nowhere/anvil" }, "✗ the embedded", "delete node_modules", "删除 node_modules"],
    ["room", { free: () => 5_000_000 }, "✗ 5 MB free", "make room, or set TMPDIR", "请腾出空间"],
    [
      "room",
      {
        free() {
          throw new Error("ENOENT");
        },
      },
      "✗ 0 MB free",
      "set TMPDIR",
      "TMPDIR",
    ],
    [
      "sandbox",
      { sandboxes: async () => [{ engine: { name: "unshare" }, why: "Operation not permitted" }] },
      "✗ no sandbox holds foreign code",
      "tried: unshare: Operation not permitted",
      "请安装 bubblewrap",
    ],
    [
      "sandbox",
      {
        sandboxes: async () => [
          { engine: { name: "podman room", configured: true }, why: "room: image not known" },
          { engine: { name: "unshare" }, why: undefined },
        ],
      },
      "✗ the container engine that is configured (podman room)",
      "it says: room: image not known. Mend COMMENDA_CONTAINER",
      "请修正 COMMENDA_CONTAINER",
    ],
    ["rehearsal", { temporary: "/nowhere" }, "✗ a rehearsal ledger keeps", "set TMPDIR to a folder", "请腾出空间"],
  ])("error: %s", async (name, machine, what, fix, zh) => {
    const { code, out, err } = await check(name, machine);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain(what);
    expect(out.split("\n")[1]).toContain(fix);
    expect((await check(name, machine, "--lang", "zh")).out).toContain(zh);
    const json = JSON.parse((await check(name, machine, "--json")).out);
    expect(json).toMatchObject({ good: false, findings: [{ ok: false, fix: { zh: expect.any(String) } }] });
  });

  test("behavior: nothing, and a node and an escrow that are good", async () => {
    const { code, out, err } = await bench.run(undefined, ["doctor", "--terms", bench.file]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).not.toContain("✗");
    expect(out.trim().split("\n")).toHaveLength(7);
    expect(out).toContain("✓ chain 31337 answers");
    expect(out).toContain("✓ the escrow that the terms name is there and answers");
  });
});

describe("what a node lacks", () => {
  test("error: it is down, or its address is none", async () => {
    const down = await check("remote", {}, "--rpc", "http://127.0.0.1:9");
    expect([down.code, down.out]).toEqual([1, expect.stringContaining("does not answer")]);
  });

  test("error: its chain lacks transient storage", async () => {
    const { url, stop } = await before("shanghai");
    try {
      const { code, out } = await check("remote", {}, "--rpc", url);
      expect([code, out]).toEqual([1, expect.stringContaining("this chain lacks transient storage (EIP-1153)")]);
    } finally {
      await stop();
    }
  });

  test("error: no node for the terms; another contract, or none, in the escrow's place", async () => {
    expect((await check("escrow", {}, "--terms", bench.file)).out).toContain("--rpc is missing");
    const rpc = ["--rpc", bench.node.url];
    const { registrar, currency } = bench.terms;
    const naming = (escrow = "") =>
      bench.write("other.json", JSON.stringify({ ...bench.terms, registrar: { ...registrar, escrow } }));
    const other = await check("escrow", {}, ...rpc, "--terms", naming(currency.token));
    expect([other.code, other.out]).toEqual([1, expect.stringContaining("that contract is no Commenda escrow")]);
    const none = await check("escrow", {}, ...rpc, "--terms", naming(`0x${"e5".repeat(20)}`));
    expect([none.code, none.out]).toEqual([1, expect.stringContaining("has no contract there")]);
  });
});

/** A node of rules before ours. */
async function before(fork: string): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  const child = spawn(Anvil.binary(), ["--port", String(port), "--hardfork", fork, "--silent"], { stdio: "ignore" });
  const ended = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  const rpc = connect(url);
  for (let up = false; !up && child.exitCode === null; ) {
    up = await rpc("eth_chainId").then(
      () => true,
      () => false,
    );
  }
  return {
    url,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
