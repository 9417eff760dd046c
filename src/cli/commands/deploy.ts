/** `commenda deploy`: the contracts on a chain, for a node or for parties who name them in their terms. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../agreement/index.ts";
import * as Abi from "../../ledger/Abi.ts";
import * as Chain from "../../ledger/Chain.ts";
import { Reverted } from "../../ledger/Errors.ts";
import type { Address } from "../../ledger/Ledger.ts";
import { type Command, OK } from "../Command.ts";
import { FileUnusable } from "../Errors.ts";
import * as Keys from "../Keys.ts";
import * as Site from "../Site.ts";

const { both } = InputError;

/** In the order in which they need each other. */
const STEPS = ["Annex", "Escrow", "EscrowReader", "EvidenceBoard", "AccountFactory"] as const;
type Step = (typeof STEPS)[number];
/** What stands already, kept beside the chain's number so that a second run goes on where the first ended. */
type Deployed = { chainId: number; block: number } & { [S in Step]?: Address };

export const deploy: Command = {
  path: ["deploy"],
  says: both(
    "puts the contracts on a chain, each once, and says what a node must be told",
    "将合约逐一部署到链上，并给出节点所需配置",
  ),
  args: [],
  options: {
    rpc: Site.OPTIONS.rpc as never,
    folder: Site.OPTIONS.folder as never,
    ...Keys.OPTIONS,
    out: {
      type: "string",
      value: "FILE",
      says: both(
        "where the addresses are kept; default deployment.json. With it a run that was cut off goes on",
        "保存地址的文件；默认 deployment.json，中断后可据此继续",
      ),
    },
  },
  examples: [
    {
      line: "commenda deploy --rpc http://127.0.0.1:8545 --key operator.json",
      says: both("on a chain of the parties' own", "部署到当事人自有的链"),
    },
  ],
  async run(given, context) {
    const { language, options, json } = given;
    const signer = await Keys.signerOf(options.key, language, context);
    const url = Site.urlOf(given, context.env);
    const file = typeof options.out === "string" ? options.out : "deployment.json";
    const reading = await Chain.open({ url });
    const { chainId } = reading;
    await reading.close();
    const kept = typeof options.folder === "string" ? options.folder : join(homedir(), ".commenda", `chain-${chainId}`);
    const ledger = await Chain.open({ url, folder: kept, expectedChainId: chainId, ...Site.feeCapOf(context.env) });
    try {
      // An act that a crash cut off is brought to its end before the next.
      await ledger.recover();
      const done = await read(file, ledger);
      for (const step of STEPS) {
        if (done[step] !== undefined) continue;
        context.progress(both(`deploying ${step}`, `正在部署 ${step}`)[language]);
        const args = await argsOf(step, done, ledger);
        const receipt = await ledger.send(signer, { data: Abi.deployment(step, args) });
        if (!receipt.ok || !receipt.contract) throw new Reverted("0x");
        done[step] = receipt.contract.toLowerCase() as Address;
        if (step === "Escrow") done.block = receipt.block.number;
        write(file, done);
      }
      context.progress(undefined);
      if (json) context.print(JSON.stringify(done, null, 2));
      else {
        context.print(`COMMENDA_RPC_URL=${url}`);
        context.print(`COMMENDA_ESCROW=${done.Escrow}`);
        context.print(`COMMENDA_EVIDENCE=${done.EvidenceBoard}`);
        context.print(`COMMENDA_ACCOUNTS=${done.AccountFactory}`);
        context.print(`COMMENDA_FIRST_BLOCK=${done.block}`);
        context.tell(both(`Kept in ${file}.`, `已保存至 ${file}。`)[language]);
      }
      return OK;
    } finally {
      await ledger.close();
    }
  },
};

async function argsOf(step: Step, done: Deployed, ledger: Chain.Chain): Promise<readonly unknown[]> {
  if (step === "Escrow") return [done.Annex];
  if (step !== "EvidenceBoard" || done.Escrow === undefined) return [];
  const domain = await ledger.call({ to: done.Escrow, data: Abi.encode("Escrow", "domain") });
  return [Abi.decode("Escrow", "domain", domain)];
}

/** Throws `FileUnusable` for what is no such file, of another chain, or names a contract that is not there. */
async function read(file: string, ledger: Chain.Chain): Promise<Deployed> {
  const fresh = { chainId: ledger.chainId, block: 0 };
  if (!existsSync(file)) return fresh;
  let done: Deployed;
  try {
    done = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new FileUnusable(
      file,
      both("it is no JSON. Move it away, or give --out another name.", "不是 JSON。请移开，或以 --out 另选文件名。"),
    );
  }
  if (done.chainId !== ledger.chainId) {
    throw new FileUnusable(
      file,
      both(
        `it is of chain ${InputError.show(done.chainId)}, and the node is of chain ${ledger.chainId}. Give --out another name.`,
        `其链编号为 ${InputError.show(done.chainId)}，而节点所在链为 ${ledger.chainId}。请以 --out 另选文件名。`,
      ),
    );
  }
  for (const step of STEPS) {
    const address = done[step];
    if (address === undefined || (await ledger.code(address)) !== "0x") continue;
    throw new FileUnusable(
      file,
      both(
        `there is no contract at ${step} ${InputError.show(address)}. Is it another chain of the same number? Give --out another name.`,
        `${step} ${InputError.show(address)} 处没有合约。是否为编号相同的另一条链？请以 --out 另选文件名。`,
      ),
    );
  }
  return { ...fresh, ...done };
}

function write(file: string, done: Deployed): void {
  const temporary = `${file}.new`;
  writeFileSync(temporary, `${JSON.stringify(done, null, 2)}\n`, { flush: true });
  renameSync(temporary, file);
}
