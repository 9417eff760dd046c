/** Where a command acts: the terms, the ledger that they name, and the key. */
import { homedir } from "node:os";
import { join } from "node:path";
import { InputError, Terms } from "../agreement/index.ts";
import * as Chain from "../ledger/Chain.ts";
import type * as Escrow from "../ledger/Escrow.ts";
import type { Given, Option } from "./Command.ts";
import * as Document from "./Document.ts";
import { FileUnusable, UsageError } from "./Errors.ts";

const { both } = InputError;

/** Options of every command that speaks with a ledger. */
export const OPTIONS: Readonly<Record<string, Option>> = {
  terms: { type: "string", value: "FILE", says: both("the terms document, as it was signed", "已签署的条款文件") },
  rpc: {
    type: "string",
    value: "URL",
    says: both("address of a node of the chain; else COMMENDA_RPC_URL", "该链节点的地址；否则取 COMMENDA_RPC_URL"),
  },
  folder: {
    type: "string",
    value: "FOLDER",
    says: both(
      "where sent acts are kept, so that none is lost or sent twice",
      "保存已发送操作的文件夹，以免丢失或重复发送",
    ),
  },
};

/** Wei a unit of gas that are never exceeded, by `COMMENDA_FEE_CAP`; 0 where gas is free. */
export function feeCapOf(env: Readonly<Record<string, string | undefined>>): { feeCap?: bigint } {
  const { COMMENDA_FEE_CAP: cap } = env;
  if (cap === undefined || cap === "") return {};
  if (/^\d{1,30}$/.test(cap)) return { feeCap: BigInt(cap) };
  const found = InputError.show(cap);
  throw new UsageError(
    both(
      `COMMENDA_FEE_CAP: found ${found}, expected whole wei a unit of gas, such as 30000000000.`,
      `COMMENDA_FEE_CAP：现为 ${found}，应为每单位 gas 的 wei 数，如 30000000000。`,
    ),
  );
}

export type Site = { readonly ledger: Chain.Chain; readonly subject: Escrow.Subject; readonly terms: Terms.Terms };

/**
 * Throws what the file and the node deserve; nothing is open then. `writes`: acts are kept in a folder; `patience`: how
 * long one is waited for, in milliseconds.
 */
export async function open(
  given: Given,
  env: Readonly<Record<string, string | undefined>>,
  { writes = false, patience }: { writes?: boolean; patience?: number } = {},
): Promise<Site> {
  const { folder } = given.options;
  const file = termsOf(given);
  const { terms, source } = Document.openFinal(file);
  const { registrar } = terms;
  if (registrar.kind !== "chain") throw new FileUnusable(source.name, NO_CHAIN);
  const url = urlOf(given, env);
  const kept = typeof folder === "string" ? folder : join(homedir(), ".commenda", `chain-${registrar.chainId}`);
  const ledger = await Chain.open({
    url,
    expectedChainId: registrar.chainId,
    ...(writes ? { folder: kept } : {}),
    ...(patience === undefined ? {} : { patience }),
    ...feeCapOf(env),
  });
  const { verifyingContract: escrow } = Terms.domain(terms);
  try {
    if ((await ledger.code(escrow)) === "0x") throw new FileUnusable(source.name, noEscrow(escrow, registrar.chainId));
  } catch (error) {
    await ledger.close();
    throw error;
  }
  return { ledger, subject: { escrow, agreement: Terms.toAgreement(terms) }, terms };
}

/** The file with the terms. Throws `UsageError` where none is named. */
export function termsOf({ options }: Given): string {
  if (typeof options.terms === "string") return options.terms;
  throw missing("terms", OPTIONS.terms?.says);
}

/** Throws `UsageError` where it is no number; nothing where the option is not given. */
export function blockOf({ options }: Given, name: string): number | undefined {
  const text = options[name];
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(String(text))) return Number(text);
  const found = InputError.show(text);
  throw new UsageError(
    both(`--${name}: found ${found}, expected the number of a block.`, `--${name}：现为 ${found}，应为区块号。`),
  );
}

/** Throws `UsageError` where there is none. */
export function urlOf({ options }: Given, env: Readonly<Record<string, string | undefined>>): string {
  const url = typeof options.rpc === "string" ? options.rpc : env.COMMENDA_RPC_URL;
  if (url === undefined || url === "") throw missing("rpc", OPTIONS.rpc?.says);
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    const found = InputError.show(url);
    throw new UsageError(
      both(
        `--rpc: found ${found}, expected an address such as http://127.0.0.1:8545.`,
        `--rpc：现为 ${found}，应为形如 http://127.0.0.1:8545 的地址。`,
      ),
    );
  }
  return url;
}

function missing(option: string, is: InputError.Words = both("", "")): UsageError {
  return new UsageError(both(`--${option} is missing: ${is.en}.`, `缺少 --${option}：${is.zh}。`));
}

const NO_CHAIN = both(
  "its registrar is a neutral key, and no chain: there is no ledger to act on.",
  "其登记方为中立密钥而非链，没有可操作的账本。",
);
const noEscrow = (escrow: string, chainId: number) =>
  both(
    `it names the escrow ${escrow}, and chain ${chainId} has no contract there. Ask whoever wrote the terms for the right one; nothing was sent.`,
    `其所列托管合约 ${escrow} 在链 ${chainId} 上不存在。请向条款起草方核实；未发送任何内容。`,
  );
