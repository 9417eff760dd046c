/** `commenda desk explain`: why a ticket was decided as it was. */
import { InputError } from "../../../agreement/index.ts";
import * as Registry from "../../../desk/Registry.ts";
import * as Triage from "../../../desk/Triage.ts";
import { type Command, OK } from "../../Command.ts";
import * as Folder from "./Folder.ts";
import * as Reading from "./Reading.ts";

const { both } = InputError;

export const explain: Command = {
  path: ["desk", "explain"],
  says: both("why a ticket was decided as it was", "说明工单为何如此处理"),
  args: ["TICKET"],
  options: { desk: Reading.FOLDER },
  examples: [
    {
      line: "commenda desk explain 3f1c0a9b2d4e5f60",
      says: both("the words that spoke for it, and how sure the desk had to be", "起作用的词语，以及所需的把握程度"),
    },
  ],
  async run(given, context) {
    const folder = Folder.folderOf(given);
    const [id = ""] = given.args;
    const ticket = Folder.ticketsIn(folder).get(id);
    const line = Folder.openLog(folder).lines.findLast(({ kind, what }) => kind === "decision" && what.ticket === id);
    if (!ticket || !line) throw Folder.unknown(id);
    const decision = line.what as unknown as Triage.Decision;
    const trained = Registry.open(folder, decision.model);
    const words = Triage.explain(trained, ticket.text, decision.guesses[0]?.intent ?? "");
    if (given.json) {
      context.print(JSON.stringify({ ...decision, text: ticket.text, words, line: line.number, hash: line.hash }));
      return OK;
    }
    const say = (en: string, zh: string) => context.print(both(en, zh)[given.language]);
    context.print(ticket.text);
    const percent = (share: number) => `${(100 * Math.min(1, share)).toFixed(1)} %`;
    if (decision.outcome === "answered") say("answered", "已答复");
    else context.print(Triage.SAYS[decision.reason ?? "unsure"][given.language]);
    if (decision.alarm) {
      const { danger, by, evidence } = decision.alarm;
      say(`${danger}, found by ${by}: ${evidence}`, `${danger}，由 ${by} 发现：${evidence}`);
    }
    for (const { intent, confidence } of decision.guesses) context.print(`  ${intent} ${percent(confidence)}`);
    say(
      decision.least > 1
        ? `sure ${percent(decision.sure)}; no threshold keeps the promise`
        : `sure ${percent(decision.sure)}; it had to be ${percent(decision.least)}`,
      decision.least > 1
        ? `把握 ${percent(decision.sure)}；没有可达到承诺的阈值`
        : `把握 ${percent(decision.sure)}；所需 ${percent(decision.least)}`,
    );
    context.print(words.map(({ gram, weight }) => `${gram} ${weight > 0 ? "+" : ""}${weight.toFixed(2)}`).join(", "));
    if (decision.draft) context.print(`${decision.draft.text} [${decision.draft.citations.join(", ")}]`);
    say(`model ${decision.model}, line ${line.number} of the log`, `模型 ${decision.model}，日志第 ${line.number} 行`);
    return OK;
  },
};
