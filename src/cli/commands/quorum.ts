/** `commenda quorum`: a panel of arbitrators, or reporters of an outcome, on a chain, for terms that name it. */
import { homedir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../agreement/index.ts";
import * as Chain from "../../ledger/Chain.ts";
import type { Address } from "../../ledger/Ledger.ts";
import * as Quorum from "../../ledger/Quorum.ts";
import { type Command, type Given, OK } from "../Command.ts";
import { UsageError } from "../Errors.ts";
import * as Keys from "../Keys.ts";
import * as Site from "../Site.ts";

const { both } = InputError;

const KINDS: Readonly<Record<string, Quorum.Kind>> = { panel: "Panel", reports: "SignedReports" };

export const quorum: Command = {
  path: ["quorum"],
  says: both(
    "places a panel of arbitrators (`panel`) or reporters of an outcome (`reports`) on a chain, once for the same people",
    "将仲裁小组（panel）或成果报告人（reports）部署到链上，相同成员仅部署一次",
  ),
  args: ["KIND"],
  options: {
    member: {
      type: "string",
      value: "ADDRESS",
      repeats: true,
      says: both("a wallet of somebody who decides; once for each", "参与决定者的钱包地址；每人一次"),
    },
    votes: { type: "string", value: "COUNT", says: both("how many of them decide", "作出决定所需的人数") },
    look: {
      type: "boolean",
      says: both("says where it is or will be, and sends nothing", "仅给出其现在或将来的地址，不发送"),
    },
    rpc: Site.OPTIONS.rpc as never,
    folder: Site.OPTIONS.folder as never,
    ...Keys.OPTIONS,
  },
  examples: [
    {
      line: "commenda quorum panel --member 0x… --member 0x… --member 0x… --votes 2 --rpc http://127.0.0.1:8545 --key operator.json",
      says: both("two of three rule; terms name the address as arbitrator", "三人中两人裁决；条款以该地址为仲裁人"),
    },
  ],
  async run(given, context) {
    const { language, options, json } = given;
    const plan = planOf(given);
    const url = Site.urlOf(given, context.env);
    const signer = options.look === true ? undefined : await Keys.signerOf(options.key, language, context);
    const reading = await Chain.open({ url });
    const { chainId } = reading;
    await reading.close();
    const kept = typeof options.folder === "string" ? options.folder : join(homedir(), ".commenda", `chain-${chainId}`);
    const writing = signer ? { folder: kept, ...Site.feeCapOf(context.env) } : {};
    const ledger = await Chain.open({ url, expectedChainId: chainId, ...writing });
    try {
      if (signer) await ledger.recover();
      const isForeseen = await Quorum.isForeseen(ledger);
      if (!signer && !isForeseen) throw unforeseen(chainId);
      const address = signer ? await Quorum.place(ledger, signer, plan) : Quorum.address(plan);
      const isThere = (await ledger.code(address)) !== "0x";
      if (json) context.print(JSON.stringify({ chainId, kind: plan.kind, address, deployed: isThere }, null, 2));
      else {
        context.print(address);
        const { votes, members } = plan;
        context.tell(
          isThere
            ? both(
                `It is there: ${votes} of ${members.length} decide.`,
                `已就位：${members.length} 人中 ${votes} 人决定。`,
              )[language]
            : both("It is not there yet; terms can name it.", "尚未部署；条款可先行引用。")[language],
        );
      }
      return OK;
    } finally {
      await ledger.close();
    }
  },
};

/** Throws `UsageError`, `BadQuorum`. */
function planOf({ args: [name = ""], lists, options }: Given): Quorum.Plan {
  const kind = KINDS[name];
  if (kind === undefined || !Object.hasOwn(KINDS, name)) {
    const found = InputError.show(name);
    throw new UsageError(
      both(`KIND: found ${found}, expected panel or reports.`, `KIND：现为 ${found}，应为 panel 或 reports。`),
    );
  }
  const members = (lists.member ?? []).map((member) => {
    if (/^0x[0-9a-fA-F]{40}$/.test(member)) return member.toLowerCase() as Address;
    const found = InputError.show(member);
    throw new UsageError(
      both(
        `--member: found ${found}, expected an address of 0x and 40 hex digits.`,
        `--member：现为 ${found}，应为 0x 加 40 位十六进制的地址。`,
      ),
    );
  });
  const plan = { kind, members, votes: Number(options.votes ?? Number.NaN) };
  Quorum.ordered(plan);
  return plan;
}

const unforeseen = (chainId: number) =>
  new UsageError(
    both(
      `Chain ${chainId} has no deployer at ${Quorum.DEPLOYER}, so no address can be foretold. Leave --look out: it is placed anew.`,
      `链 ${chainId} 在 ${Quorum.DEPLOYER} 处没有部署合约，无法预知地址。请去掉 --look，直接部署。`,
    ),
  );
