/** The embedded node: a child process on 127.0.0.1, with its state in memory and a clock that we set. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { InputError } from "../agreement/index.ts";
import { NodeDown } from "./Errors.ts";
import * as Lock from "./Lock.ts";
import { connect, type Rpc } from "./Rpc.ts";

export type Anvil = {
  readonly rpc: Rpc;
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

/** No binary for this machine is installed. */
export class MissingBinary extends InputError.CommendaError {
  readonly next = "fix";

  constructor(name: string) {
    super(
      "MissingBinary",
      InputError.both("the embedded ledger has no binary here", "内置账本缺少本机程序"),
      InputError.both(
        `The package ${name} is not installed. Run \`npm install --no-save ${name}\`.`,
        `未安装软件包 ${name}。请运行 \`npm install --no-save ${name}\`。`,
      ),
    );
  }
}

/** Path of the binary. Throws `MissingBinary`. */
export function binary(): string {
  const { platform } = process;
  const name = `@foundry-rs/anvil-${platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const file = join(dirname(manifest), "bin", platform === "win32" ? "anvil.exe" : "anvil");
    if (existsSync(file)) return file;
  } catch {
    // Not installed: said below.
  }
  throw new MissingBinary(name);
}

/**
 * Keeps 8,191 block hashes in its storage (EIP-2935), a slot more with every block, and the node hashes them all for each
 * state root. Nothing of ours reads them, and without its code the node goes as fast after 10,000 blocks as at first.
 */
const BLOCK_HASHES = "0x0000F90827F1C53a10cb7A02335B175320002935";

/**
 * @param genesis Unix seconds of block 0.
 * @param mnemonic Of the accounts that are rich from the start.
 * @param folder Where the process is noted: one that an owner left behind when it was killed is ended.
 */
export async function start({
  chainId,
  genesis,
  mnemonic,
  folder,
}: {
  chainId: number;
  genesis: number;
  mnemonic: string;
  folder?: string;
}): Promise<Anvil> {
  const note = folder === undefined ? undefined : join(folder, "node");
  const left = note === undefined ? undefined : Lock.stillRuns(note);
  if (left !== undefined) process.kill(left, "SIGKILL");
  const port = await freePort();
  const args = ["--host", "127.0.0.1", "--port", String(port), "--silent", "--hardfork", "osaka"];
  args.push("--chain-id", String(chainId), "--timestamp", String(genesis), "--mnemonic", mnemonic, "--accounts", "2");
  // Gas is counted and costs nothing; one transaction is one block, in the order in which we send.
  args.push("--block-base-fee-per-gas", "0", "--disable-min-priority-fee", "--order", "fifo");
  // A snapshot is one request; states of old blocks are not asked for, and keeping them makes each block slower.
  args.push("--no-request-size-limit", "--prune-history", "64");
  const child = spawn(binary(), args, { stdio: "ignore" });
  if (note !== undefined && child.pid !== undefined) writeFileSync(note, Lock.noteOf(child.pid));
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const orphan = () => child.kill("SIGKILL");
  process.once("exit", orphan);
  void ended.then(() => process.off("exit", orphan));
  const url = `http://127.0.0.1:${port}`;
  const rpc = connect(url);
  await ready(rpc, child, url);
  await rpc("anvil_setCode", [BLOCK_HASHES, "0x"]);
  // A block has the time of the one before, unless it is told another.
  await rpc("anvil_setBlockTimestampInterval", [0]);
  return {
    rpc,
    url,
    pid: child.pid ?? 0,
    ended,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      if (note !== undefined) rmSync(note, { force: true });
    },
  };
}

async function ready(rpc: Rpc, child: ChildProcess, url: string): Promise<void> {
  const until = performance.now() + 20_000;
  for (;;) {
    try {
      await rpc("eth_chainId");
      return;
    } catch (cause) {
      if (child.exitCode !== null || performance.now() > until) throw new NodeDown(url, { cause });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
