// `npm run tour`: what Commenda does, in a minute. Two deals of examples/ are played on a rehearsal ledger: the real contracts
// on this machine, with play money and a clock that is moved. Before the first, every way in which it can end.
//   npm run tour -- --lang zh     in Chinese; else the language of the locale
import { Endings, InputError, Money, Terms } from "../src/agreement/index.ts";
import * as Cli from "../src/cli/Cli.ts";
import * as Deal from "../src/cli/Deal.ts";
import * as Document from "../src/cli/Document.ts";
import * as LedgerStage from "../src/cli/LedgerStage.ts";
import * as Rehearsal from "../src/cli/Rehearsal.ts";
import * as Statement from "../src/cli/Statement.ts";

type Words = InputError.Words;
const { both } = InputError;

const args = process.argv.slice(2);
const given = args.includes("--lang") ? args[args.indexOf("--lang") + 1] : undefined;
if (args.includes("--lang") && given !== "en" && given !== "zh") {
  console.error(`--lang: found ${given ?? "nothing"}, expected en or zh`);
  process.exit(2);
}
const language = Cli.languageOf(args, process.env);
const tell = (words: Words) => words[language];
const bold = (text: string) => (process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[1m${text}\u001b[22m` : text);
const heading = (words: Words) => console.log(`\n${bold(`== ${tell(words)}`)}\n`);

const first = "examples/ecommerce/deal.yaml";
const second = "examples/daily-users/deal.yaml";

heading(both(`1  ${first}: every ending, before anybody signs`, `1  ${first}：签署之前，看清每一种结局`));
const { terms } = Document.open(first);
const money = (units: bigint) => {
  const text = Money.show(units, Terms.currencyOf(terms));
  return both(text, text);
};
const speech = { client: terms.parties.client.name, provider: terms.parties.provider.name, money };
const found = Endings.endings(Terms.toAgreement(terms), { speech });
const count = found.endings.length;
console.log(tell(both(`It can end in ${count} ways. What they come to:`, `共有 ${count} 种结局，其结果：`)));
for (const one of [found.client.worst, found.client.best, found.provider.worst, found.provider.best]) {
  console.log(`  ${tell(one.says)}`);
}
console.log(`  ${tell(found.lock.says)}`);
console.log(tell(both("Who can stall longest:", "谁能拖延最久：")));
for (const { says } of found.stalls.slice(0, 3)) console.log(`  ${tell(says)}`);

heading(both("   the same deal, played to its end", "   同一交易，演练到底"));
await play(first);
heading(both(`2  ${second}: the pay follows the result`, `2  ${second}：付款随成果而定`));
await play(second);

heading(both("What to try next", "接下来可以尝试"));
const tries: readonly (readonly [string, Words])[] = [
  ["npx commenda terms endings examples/dispute/deal.yaml", both("every ending of a deal", "一份交易的全部结局")],
  [
    "npx commenda terms new --deal --out deal.yaml",
    both("your own deal, from an annotated one", "从带注释的范本开始写自己的交易"),
  ],
  ["npx commenda rehearse deal.yaml", both("play it", "演练它")],
  ["npx commenda --help", both("all commands", "全部命令")],
];
for (const [command, says] of tries) console.log(`  ${command.padEnd(56)}${tell(says)}`);
console.log(
  `\n${tell(both("examples/README.md lists eleven deals; docs/protocol.md explains each rule.", "examples/README.zh-CN.md 列有十一份交易；docs/protocol.zh-CN.md 逐条解释规则。"))}`,
);

async function play(file: string): Promise<void> {
  const played = await Rehearsal.play(Deal.open(file), LedgerStage.open);
  for (const [index, run] of played.entries()) {
    if (index > 0) console.log(`\n${"-".repeat(80)}\n`);
    console.log(Statement.show(run, language, bold));
  }
}
