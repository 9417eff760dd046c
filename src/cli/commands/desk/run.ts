/** `commenda desk run`: works through feedback. */
import { appendFileSync } from "node:fs";
import { InputError } from "../../../agreement/index.ts";
import * as Log from "../../../desk/Log.ts";
import * as Playbook from "../../../desk/Playbook.ts";
import * as Route from "../../../desk/Route.ts";
import * as Ticket from "../../../desk/Ticket.ts";
import * as Triage from "../../../desk/Triage.ts";
import { type Command, OK } from "../../Command.ts";
import * as Folder from "./Folder.ts";
import * as Reading from "./Reading.ts";
import * as Tables from "./Tables.ts";

const { both } = InputError;

export const run: Command = {
  path: ["desk", "run"],
  says: both(
    "works through feedback: answers what it is sure of, hands the rest to people, logs every decision",
    "处理反馈：有把握的直接答复，其余转交人员，逐条记录",
  ),
  args: ["FILE"],
  options: {
    desk: Reading.FOLDER,
    promise: Reading.PROMISE,
    playbooks: {
      type: "string",
      value: "FILE",
      says: both(
        "your approved answers, as a list in JSON or YAML; default: the starter's",
        "您的获准答复（JSON 或 YAML 列表）；默认使用内置答复",
      ),
    },
    routing: {
      type: "string",
      value: "FILE",
      says: both(
        "your table of teams, in JSON or YAML, as routing.show gives it",
        "您的团队分派表（JSON 或 YAML），格式同 routing.show",
      ),
    },
    ...Reading.SHARED,
  },
  examples: [
    {
      line: "commenda desk run feedback.csv --promise 0.98",
      says: both("CSV, JSON Lines, GitHub issues, or a mail box", "CSV、JSON Lines、GitHub issues 或邮箱文件"),
    },
  ],
  async run(given, context) {
    const folder = Folder.folderOf(given);
    const { hash, trained } = Folder.modelOf(folder);
    const [promise = 0.98] = Reading.sharesOf(given, "promise", 0.98);
    const log = Folder.openLog(folder);
    const feedback = await Reading.take(given.args, given, context);
    const seen = Folder.ticketsIn(folder);
    // A ticket that is there already is no new one: the same file twice does nothing the second time.
    const tickets = Ticket.fold(feedback).filter(({ id }) => !seen.has(id));
    const at = context.now() * 60;
    const isPaused = log.lines.findLast(({ kind }) => kind === "paused" || kind === "resumed")?.kind === "paused";
    const decisions = await Triage.decide(
      {
        trained,
        model: hash,
        promise,
        isPaused,
        playbooks: Tables.playbooks(given.options.playbooks) ?? Playbook.starter(),
        table: Tables.routing(given.options.routing) ?? Route.DEFAULT,
        encoder: trained.classifier.dense ? await Reading.encoderOf(given) : undefined,
      },
      tickets,
      at,
    );
    appendFileSync(Folder.ticketsOf(folder), tickets.map((ticket) => `${JSON.stringify(ticket)}\n`).join(""));
    const head = Log.append(
      Folder.logOf(folder),
      log,
      decisions.map((decision) => ({ kind: "decision", what: { ...decision } })),
      at,
    );
    const count = (reason: Triage.Reason) => decisions.filter((one) => one.reason === reason).length;
    const answered = decisions.filter(({ outcome }) => outcome === "answered").length;
    if (given.json) {
      for (const decision of decisions) context.print(JSON.stringify(decision));
      const handed = Object.fromEntries(Triage.REASONS.map((reason) => [reason, count(reason)]));
      context.print(JSON.stringify({ feedback: feedback.length, tickets: tickets.length, answered, handed, head }));
      return OK;
    }
    const say = (en: string, zh: string) => context.print(both(en, zh)[given.language]);
    say(
      `${feedback.length} pieces of feedback, ${tickets.length} new tickets, ${answered} answered`,
      `${feedback.length} 条反馈，${tickets.length} 张新工单，已答复 ${answered} 张`,
    );
    for (const reason of Triage.REASONS) {
      if (count(reason) > 0)
        say(`${count(reason)}: ${Triage.SAYS[reason].en}`, `${count(reason)}：${Triage.SAYS[reason].zh}`);
    }
    say(`log ${head}`, `日志 ${head}`);
    return OK;
  },
};
