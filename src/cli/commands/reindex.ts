/** `commenda reindex`: what the store says of the ledger, read anew. */
import { InputError } from "../../agreement/index.ts";
import { bold, type Command, NOT_GOOD, OK } from "../Command.ts";
import { HOME } from "./serve.ts";

const { both } = InputError;

export const reindex: Command = {
  path: ["reindex"],
  says: both(
    "reads the ledger anew into the store of a stopped node, and says whether the same came out",
    "由账本重建已停止节点的数据，并说明结果是否一致",
  ),
  args: [],
  options: { home: HOME },
  examples: [
    { line: "commenda reindex", says: both("after `commenda serve` has ended", "在 commenda serve 结束之后") },
  ],
  async run({ options, language, json }, context) {
    const Config = await import("../../node/Config.ts");
    const Reindex = await import("../../node/index/Reindex.ts");
    const { home } = options;
    const config = Config.read(context.env, typeof home === "string" ? { home } : {});
    const { before, after, facts } = await Reindex.standalone(config, (block, head) =>
      context.progress(both(`block ${block} of ${head} …`, `区块 ${block} / ${head} …`)[language]),
    );
    context.progress(undefined);
    if (json) context.print(JSON.stringify({ before, after, facts, same: before === after }));
    else {
      context.print(both(`before  ${before}`, `之前  ${before}`)[language]);
      context.print(both(`after   ${after}`, `之后  ${after}`)[language]);
      const told =
        before === after
          ? both(`The same, of ${facts} facts.`, `一致，共 ${facts} 条事实。`)
          : both(
              `Not the same, of ${facts} facts. What is there now is what the ledger says: either the store had not read all of it yet, or it was changed by hand.`,
              `不一致，共 ${facts} 条事实。现以账本为准：或此前尚未读完，或数据曾被改动。`,
            );
      context.print(bold(context)(told[language]));
    }
    return before === after ? OK : NOT_GOOD;
  },
};
