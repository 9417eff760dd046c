/** `commenda rehearse FILE`: plays what happens in a deal on an embedded ledger, and ends with a statement. */
import { InputError } from "../../agreement/index.ts";
import { bold, type Command, NOT_GOOD, OK } from "../Command.ts";
import * as Deal from "../Deal.ts";
import { FileUnusable, NotAsExpected } from "../Errors.ts";
import * as Rehearsal from "../Rehearsal.ts";
import * as Source from "../Source.ts";
import * as Statement from "../Statement.ts";

const { both } = InputError;

export const rehearse: Command = {
  path: ["rehearse"],
  says: both(
    "tries a deal before it is signed: plays what happens, ends with a statement",
    "签署前试走交易：逐事演练，给出结算单",
  ),
  args: ["FILE"],
  options: {},
  examples: [
    {
      line: "commenda rehearse examples/ecommerce/deal.yaml",
      says: both("the tea shop, from terms to automatic pay", "茶叶商城：从条款到自动付款"),
    },
    { line: "commenda rehearse deal.yaml --json", says: both("the same for programs", "供程序读取") },
  ],
  async run({ args: [file = ""], language, json }, context) {
    const source = Source.open(file);
    if (!Deal.isDeal(source)) throw new FileUnusable(file, NO_DEAL);
    const read = Deal.read(source);
    const progress = (says: InputError.Words) => context.progress(says[language]);
    progress(both("the rehearsal ledger starts", "正在启动预演账本"));
    const played = await Rehearsal.play(read, context.stage, { progress });
    context.progress(undefined);
    const verdicts = played.map((run) => {
      const expected = Source.find(source, run.expect) as Deal.Expected | undefined;
      return Statement.differences(Statement.of(run), expected, run.currency);
    });
    if (json) {
      const runs = played.map((run, index) => ({ ...Statement.toJson(run), differences: verdicts[index] }));
      context.print(JSON.stringify({ file: source.name, runs }, null, 2));
    } else {
      for (const [index, run] of played.entries()) {
        if (index > 0) context.print(`\n${"-".repeat(80)}\n`);
        context.print(Statement.show(run, language, bold(context)));
      }
    }
    if (verdicts.every((verdict) => verdict.length === 0)) return OK;
    for (const [index, verdict] of verdicts.entries()) {
      const { expect = "expect" } = played[index] ?? {};
      if (verdict.length > 0) context.tell(new NotAsExpected(source.name, source.at(expect), verdict).in(language));
    }
    return NOT_GOOD;
  },
};

const NO_DEAL = both(
  "it is no deal file. A rehearsal takes a deal with what happens in it: `commenda terms new --deal` writes one to start from.",
  "不是交易文件。预演需要含经过的交易文件：`commenda terms new --deal` 可生成一份范本。",
);
