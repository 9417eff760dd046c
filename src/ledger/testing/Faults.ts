/** A plain chain with faults in front of it: what a node far away does to those who trust it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Mnemonic } from "ox";
import * as Abi from "../Abi.ts";
import * as Anvil from "../Anvil.ts";
import * as Chain from "../Chain.ts";
import type { Address, Hex, Ledger } from "../Ledger.ts";
import * as Signer from "../Signer.ts";

const MNEMONIC = "test test test test test test test test test test test junk";
export const CHAIN = 31_337;
export const house = Signer.fromKey(Mnemonic.toPrivateKey(MNEMONIC, { as: "Hex" }));
export const other = Signer.fromKey(Mnemonic.toPrivateKey(MNEMONIC, { as: "Hex", path: "m/44'/60'/0'/0/1" }));

export type Call = { readonly method: string; readonly params: readonly unknown[]; readonly id: number };
/** What becomes of a request; `pass` hands it to the node. */
export type Fault = (pass: () => Promise<Response>, call: Call) => Promise<Response>;

const answer = (call: Call, result: unknown): Response => Response.json({ jsonrpc: "2.0", id: call.id, result });
const gone = () => new TypeError("fetch failed");

/** The node has the request; its answer never comes. */
export const timeOutAfterwards: Fault = async (pass) => {
  await pass();
  throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
};
/** The node gets it twice, and the second answer is the one that comes. */
export const passTwice: Fault = async (pass) => {
  await pass();
  return pass();
};
/** Two answers where there should be one. */
export const answerTwice: Fault = async (pass) => {
  const text = await (await pass()).text();
  return new Response(`${text}\n${text}`);
};
/** The answer to a request before. */
export const answerAnother: Fault = async (pass, call) => {
  await pass();
  return answer({ ...call, id: call.id - 1 }, null);
};
export const down: Fault = async () => {
  throw gone();
};
export const say =
  (result: unknown): Fault =>
  async (_pass, call) =>
    answer(call, result);
export const refuse =
  (message: string): Fault =>
  async (_pass, call) =>
    Response.json({ jsonrpc: "2.0", id: call.id, error: { code: -32000, message } });

export type Faulty = {
  readonly fetch: typeof globalThis.fetch;
  readonly calls: readonly Call[];
  /** For the next requests of the method (`*`: of all), so many times. @returns what ends it. */
  on(method: string, fault: Fault, times?: number): () => void;
};

export function inFront(): Faulty {
  const calls: Call[] = [];
  let faults: { method: string; fault: Fault; left: number }[] = [];
  return {
    calls,
    async fetch(url, init) {
      const call = JSON.parse(String(init?.body)) as Call;
      calls.push(call);
      const pass = () => fetch(url, init);
      const found = faults.find(({ method, left }) => left > 0 && (method === "*" || method === call.method));
      if (!found) return pass();
      found.left--;
      return found.fault(pass, call);
    },
    on(method, fault, times = Number.POSITIVE_INFINITY) {
      const added = { method, fault, left: times };
      faults = [added, ...faults];
      return () => {
        faults = faults.filter((one) => one !== added);
      };
    },
  };
}

export type Bench = {
  readonly anvil: Anvil.Anvil;
  readonly faulty: Faulty;
  readonly folder: string;
  /** The rehearsal's token, to count acts by: each mints one unit to an account of its own. */
  readonly token: Address;
  open(options?: Partial<Chain.Options>): Promise<Chain.Chain>;
  /** How often act `k` happened. */
  times(k: number): Promise<bigint>;
  /** Lines of the folder's record, by kind. */
  recorded(kind: string): number;
  close(): Promise<void>;
};

export const account = (k: number): Address => `0x1${k.toString(16).padStart(39, "0")}`;
export const mint = (token: Address, k: number) => ({
  to: token,
  data: Abi.encode("RehearsalToken", "mint", [account(k), 1n]),
});

/** A node that mines what it gets at once, at prices above zero, with the token on it. */
export async function bench(genesis = 1_700_000_000): Promise<Bench> {
  const anvil = await Anvil.start({ chainId: CHAIN, genesis, mnemonic: MNEMONIC });
  await anvil.rpc("anvil_setNextBlockBaseFeePerGas", ["0x3b9aca00"]);
  const folder = mkdtempSync(join(tmpdir(), "commenda-chain-"));
  const faulty = inFront();
  const opened = new Set<Chain.Chain>();
  const open = async (options: Partial<Chain.Options> = {}) => {
    const times = { poll: 5, stuckAfter: 60_000, patience: 20_000 };
    const chain = await Chain.open({ url: anvil.url, folder, fetch: faulty.fetch, ...times, ...options });
    opened.add(chain);
    const close = () => {
      // It has all its acts in memory: a test that opens a thousand would keep them a thousand times.
      opened.delete(chain);
      return chain.close();
    };
    return { ...chain, close };
  };
  // From an account of its own, so that a test's begins at zero.
  const token = await deploy(anvil);
  return {
    anvil,
    faulty,
    folder,
    token,
    open,
    async times(k) {
      const data = Abi.encode("RehearsalToken", "balanceOf", [account(k)]);
      const raw = (await anvil.rpc("eth_call", [{ to: token, data }, "latest"])) as Hex;
      return Abi.decode("RehearsalToken", "balanceOf", raw) as bigint;
    },
    recorded: (kind) => readFileSync(join(folder, "acts"), "utf8").split(`{"kind":"${kind}"`).length - 1,
    async close() {
      for (const chain of opened) await chain.close().catch(() => {});
      await anvil.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function deploy(anvil: Anvil.Anvil): Promise<Address> {
  const folder = mkdtempSync(join(tmpdir(), "commenda-chain-"));
  const chain: Ledger = await Chain.open({ url: anvil.url, folder, poll: 5 });
  const { contract } = await chain.send(other, { data: Abi.deployment("RehearsalToken", [6]) });
  await chain.close();
  rmSync(folder, { recursive: true, force: true });
  if (!contract) throw new Error("the token was not deployed");
  return contract;
}

/** Looks until it is so. */
export async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await so())) {
    if (performance.now() > end) throw new Error("it never came");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
