/** `commenda doctor`: what this machine and a node lack, each with what mends it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../agreement/index.ts";
import * as Abi from "../../ledger/Abi.ts";
import * as Anvil from "../../ledger/Anvil.ts";
import * as Chain from "../../ledger/Chain.ts";
import { NodeRefused, Reverted } from "../../ledger/Errors.ts";
import * as Rehearsal from "../../ledger/Rehearsal.ts";
import { type Command, type Context, type Given, NOT_GOOD, OK } from "../Command.ts";
import * as Site from "../Site.ts";

const { both } = InputError;
type Words = InputError.Words;
type Finding = { what: Words; ok: boolean; fix?: Words };
type Check = (machine: Machine, given: Given, context: Context) => Promise<Finding | undefined>;

/** What a machine has. */
export type Machine = {
  /** Of Node. */
  readonly version: string;
  /** Path of the embedded ledger's binary. Throws `MissingBinary`. */
  binary(): string;
  /** Folder for temporary files. */
  readonly temporary: string;
  /** Bytes that are free there. */
  free(folder: string): number;
  /** What can hold foreign code here, and what cannot, with the reason. */
  sandboxes(): Promise<
    readonly {
      readonly engine: { readonly name: string; readonly configured?: boolean };
      readonly why: string | undefined;
    }[]
  >;
};

const THIS: Machine = {
  version: process.versions.node,
  binary: Anvil.binary,
  temporary: tmpdir(),
  free(folder) {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  },
  sandboxes: async () => (await import("../../acceptance/Sandbox.ts")).survey(),
};

const MIN_FREE = 200_000_000;

const node: Check = async ({ version }) => {
  const [major = 0] = version.split(".").map(Number);
  return {
    what: both(`Node ${version}`, `Node ${version}`),
    ok: major >= 24,
    fix: both(
      "run `npm start` once: it installs Node 24 for this project",
      "运行一次 `npm start`，即可为本项目安装 Node 24",
    ),
  };
};

const binary: Check = async (machine) => {
  const what = both("the embedded ledger's binary runs", "内置账本程序可以运行");
  try {
    const run = spawnSync(machine.binary(), ["--version"], { encoding: "utf8", timeout: 20_000 });
    if (run.status === 0) return { what, ok: true };
    const fix = both("delete node_modules and run `npm start`", "删除 node_modules 后运行 `npm start`");
    return { what, ok: false, fix };
  } catch (error) {
    if (!(error instanceof InputError.CommendaError)) throw error;
    return { what, ok: false, fix: error.words };
  }
};

const MAKE_ROOM = both(
  "make room, or set TMPDIR to a folder on a larger disk that may be written",
  "请腾出空间，或将 TMPDIR 设为更大磁盘上可写的文件夹",
);

const rehearsal: Check = async ({ temporary }) => {
  const what = both("a rehearsal ledger keeps an act through a restart", "预演账本重启后仍保有操作");
  let folder: string;
  try {
    folder = mkdtempSync(join(temporary, "commenda-doctor-"));
  } catch {
    return { what, ok: false, fix: MAKE_ROOM };
  }
  try {
    const one = await Rehearsal.open({ folder });
    const { hash } = await one.head();
    await one.close();
    const other = await Rehearsal.open({ folder });
    const ok = (await other.head()).hash === hash;
    await other.close();
    return { what, ok, fix: both("report this, with the output of this command", "请附上本命令的输出进行报告") };
  } catch (error) {
    if (!(error instanceof InputError.CommendaError)) throw error;
    return { what, ok: false, fix: error.words };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const room: Check = async (machine) => {
  let free = 0;
  try {
    free = machine.free(machine.temporary);
  } catch {
    // No such folder has room for nothing.
  }
  const megabytes = Math.floor(free / 1_000_000);
  return {
    what: both(`${megabytes} MB free for temporary files`, `临时文件可用空间 ${megabytes} MB`),
    ok: free >= MIN_FREE,
    fix: MAKE_ROOM,
  };
};

const sandbox: Check = async (machine) => {
  const found = await machine.sandboxes();
  const holding = found.filter(({ why }) => why === undefined).map(({ engine }) => engine.name);
  const reasons = found.map(({ engine, why }) => `${engine.name}: ${why ?? "-"}`).join("; ");
  const chosen = found.find(({ engine }) => engine.configured);
  if (chosen?.why !== undefined) {
    const { name } = chosen.engine;
    return {
      what: both(
        `the container engine that is configured (${name}) holds no foreign code: \`commenda accept\` refuses it`,
        `所配置的容器引擎（${name}）不能用于运行外来代码：\`commenda accept\` 将拒绝运行`,
      ),
      ok: false,
      fix: both(
        `it says: ${chosen.why}. Mend COMMENDA_CONTAINER and COMMENDA_CONTAINER_IMAGE, or remove both to use namespaces`,
        `其提示：${chosen.why}。请修正 COMMENDA_CONTAINER 与 COMMENDA_CONTAINER_IMAGE，或同时移除二者以改用命名空间`,
      ),
    };
  }
  if (holding.length > 0) {
    const names = holding.join(", ");
    return { what: both(`a sandbox holds foreign code (${names})`, `沙箱可用于运行外来代码（${names}）`), ok: true };
  }
  return {
    what: both(
      "no sandbox holds foreign code: `commenda accept` refuses it",
      "没有可用的沙箱：`commenda accept` 将拒绝运行外来代码",
    ),
    ok: false,
    fix: both(
      `install bubblewrap, or allow user namespaces (sysctl user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns); tried: ${reasons}`,
      `请安装 bubblewrap，或允许用户命名空间（sysctl user.max_user_namespaces、kernel.apparmor_restrict_unprivileged_userns）；已尝试：${reasons}`,
    ),
  };
};

const remote: Check = async (_machine, given, { env }) => {
  if (given.options.rpc === undefined && !env.COMMENDA_RPC_URL) return undefined;
  const url = Site.urlOf(given, env);
  const what = both("the node answers, and its chain can hold the escrow", "节点有应答，其链可承载托管合约");
  try {
    const chain = await Chain.open({ url, timeout: 10_000 });
    try {
      // PUSH1 1, PUSH0, TSTORE, PUSH0, TLOAD, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN: needs PUSH0 and transient storage.
      const answer = await chain.call({ data: "0x60015f5d5f5c5f5260205ff3" }).catch((error) => {
        // Only what the chain itself says of the code is its answer.
        if (error instanceof Reverted || error instanceof NodeRefused) return "0x";
        throw error;
      });
      const ok = answer.endsWith("1");
      const named = both(`chain ${chain.chainId} answers`, `链 ${chain.chainId} 有应答`);
      const fix = both(
        "this chain lacks transient storage (EIP-1153): choose one that has the Cancun fork or later",
        "该链不支持瞬态存储（EIP-1153）：请选用已升级 Cancun 及以后版本的链",
      );
      return { what: named, ok, fix };
    } finally {
      await chain.close();
    }
  } catch (error) {
    if (!(error instanceof InputError.CommendaError)) throw error;
    return { what, ok: false, fix: error.words };
  }
};

const escrow: Check = async (_machine, given, { env }) => {
  if (typeof given.options.terms !== "string") return undefined;
  const what = both("the escrow that the terms name is there and answers", "条款所列托管合约存在且有应答");
  try {
    const { ledger, subject } = await Site.open(given, env);
    try {
      const data = Abi.encode("Escrow", "MAX_FEE_BPS");
      const cap = await ledger
        .call({ to: subject.escrow, data })
        .then((answer) => Abi.decode("Escrow", "MAX_FEE_BPS", answer))
        .catch((error) => {
          // A contract that refuses, or answers what cannot be read, is another.
          if (error instanceof InputError.CommendaError && !(error instanceof Reverted)) throw error;
        });
      return {
        what,
        ok: cap === 300n,
        fix: both("that contract is no Commenda escrow", "该合约不是 Commenda 托管合约"),
      };
    } finally {
      await ledger.close();
    }
  } catch (error) {
    if (!(error instanceof InputError.CommendaError)) throw error;
    return { what, ok: false, fix: error.words };
  }
};

export const CHECKS = { node, binary, room, rehearsal, sandbox, remote, escrow };

export const of = (machine: Machine, checks: readonly Check[]): Command => ({
  path: ["doctor"],
  says: both(
    "checks this machine and a node, and says what mends each failure",
    "检查本机与节点，并说明每项问题的解决办法",
  ),
  args: [],
  options: { terms: Site.OPTIONS.terms as never, rpc: Site.OPTIONS.rpc as never },
  examples: [
    { line: "commenda doctor", says: both("this machine", "检查本机") },
    {
      line: "commenda doctor --rpc http://127.0.0.1:8545 --terms terms.json",
      says: both("a node and the escrow too", "同时检查节点与托管合约"),
    },
  ],
  async run(given, context) {
    const findings: Finding[] = [];
    for (const check of checks) {
      context.progress(both("checking", "正在检查")[given.language]);
      const finding = await check(machine, given, context);
      if (!finding) continue;
      findings.push(finding);
      if (given.json) continue;
      const { what, ok, fix } = finding;
      context.print(`${ok ? "✓" : "✗"} ${what[given.language]}${ok || !fix ? "" : `\n    ${fix[given.language]}`}`);
    }
    context.progress(undefined);
    const good = findings.every(({ ok }) => ok);
    if (given.json) context.print(JSON.stringify({ good, findings }, null, 2));
    return good ? OK : NOT_GOOD;
  },
});

export const doctor = of(THIS, Object.values(CHECKS));
