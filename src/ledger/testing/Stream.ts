/** Runs a stream of acts in a process of its own, kills it or its node, and checks what is left. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import * as Abi from "../Abi.ts";
import type { Address, Hex } from "../Ledger.ts";
import * as Node from "../Node.ts";
import * as Rehearsal from "../Rehearsal.ts";

/** The token: what the house deploys right after the contracts. */
export const TOKEN: Address = Node.created("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266", 5);
export const account = (k: number): Address => `0x1${k.toString(16).padStart(39, "0")}`;

/** `block` is its hash. */
export type Acknowledged = Map<number, { block: Hex; transaction: Hex }>;
/** `fileSize`: KiB that a file may have, as on a full disk. */
export type Kill =
  | { whom: "process" | "node"; after: number }
  | { point: Rehearsal.Point; passes: number }
  | { fileSize: number };

/**
 * Sends acts `first` to `last` and kills somebody in between. What was acknowledged is added to `known`.
 * @returns whether the process was killed; else it came to its end.
 */
export async function run(
  folder: string,
  first: number,
  last: number,
  kill: Kill,
  known: Acknowledged,
): Promise<boolean> {
  const script = new URL("./streamProcess.ts", import.meta.url).pathname;
  const args = [script, folder, String(first), String(last)];
  if ("point" in kill) args.push(kill.point, String(kill.passes));
  const limited = "fileSize" in kill ? ["-c", `ulimit -f ${kill.fileSize}; exec "$0" "$@"`, process.execPath] : [];
  const [command = "", ...rest] = limited.length > 0 ? ["bash", ...limited, ...args] : [process.execPath, ...args];
  const child = spawn(command, rest, { stdio: ["ignore", "pipe", "pipe"] });
  let problem = "";
  child.stderr.on("data", (text) => {
    problem += text;
  });
  let node = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what = "", second = "", block = "", transaction = ""] = line.split(" ");
    if (what === "node") {
      node = Number(second);
      continue;
    }
    known.set(Number(what), { block: block as Hex, transaction: transaction as Hex });
    if (!("whom" in kill) || known.size < kill.after) continue;
    const { whom } = kill;
    kill = { point: "act: signed", passes: -1 };
    process.kill(whom === "process" ? (child.pid ?? 0) : node, "SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => child.once("close", resolve));
  if ("fileSize" in kill) expect(problem).toContain("DiskFailed");
  else if (child.signalCode === null && child.exitCode !== 0) throw new Error(problem);
  return child.signalCode !== null;
}

/** Every acknowledged act is there exactly once, in the block that was named; of the others none is there twice. */
export async function check(folder: string, last: number, known: Acknowledged): Promise<number> {
  const ledger = await Rehearsal.open({ folder });
  try {
    let there = 0;
    if (known.size === 0 && (await ledger.code(TOKEN)) === "0x") return there;
    for (let k = 1; k <= last; k++) {
      const data = Abi.encode("RehearsalToken", "balanceOf", [account(k)]);
      const balance = Abi.decode("RehearsalToken", "balanceOf", await ledger.call({ to: TOKEN, data })) as bigint;
      const acknowledged = known.get(k);
      if (acknowledged) expect(balance, `act ${k}`).toBe(1n);
      else expect(balance, `act ${k}`).toBeLessThanOrEqual(1n);
      there += Number(balance);
      if (!acknowledged) continue;
      expect((await ledger.receipt(acknowledged.transaction))?.block.hash).toBe(acknowledged.block);
    }
    const supply = await ledger.call({ to: TOKEN, data: Abi.encode("RehearsalToken", "totalSupply") });
    expect(Abi.decode("RehearsalToken", "totalSupply", supply)).toBe(BigInt(there));
    return there;
  } finally {
    await ledger.close();
  }
}
