/** `commenda desk review`: what waits for a person, corrections, promised and realised precision, the pause. */
import { InputError } from "../../../agreement/index.ts";
import * as Drift from "../../../desk/Drift.ts";
import * as Log from "../../../desk/Log.ts";
import * as Route from "../../../desk/Route.ts";
import * as Triage from "../../../desk/Triage.ts";
import { bold, type Command, OK } from "../../Command.ts";
import { UsageError } from "../../Errors.ts";
import * as Folder from "./Folder.ts";
import * as Reading from "./Reading.ts";

const { both } = InputError;

export const review: Command = {
  path: ["desk", "review"],
  says: both(
    "what waits for a person, the most urgent first; with a ticket: what is right about it",
    "等待人员处理的工单，最紧急的在前；给出工单编号则可更正",
  ),
  args: ["[TICKET]"],
  options: {
    desk: Reading.FOLDER,
    intent: { type: "string", value: "NAME", says: both("the right intent", "正确的意图") },
    reopen: { type: "boolean", says: both("the ticket was not solved after all", "工单并未解决，重新打开") },
    overdue: {
      type: "boolean",
      says: both("only those whose time to be answered runs out", "仅列出答复时限将至的工单"),
    },
    weeks: { type: "boolean", says: both("promised and realised precision, week by week", "按周对照承诺与实际准确率") },
    promise: Reading.PROMISE,
    pause: { type: "boolean", says: both("from now on everything goes to people", "从现在起全部转交人员") },
    resume: { type: "boolean", says: both("the desk answers again", "恢复自动答复") },
  },
  examples: [
    { line: "commenda desk review", says: both("the queue", "队列") },
    {
      line: "commenda desk review 3f1c0a9b2d4e5f60 --intent refund_status",
      says: both("a correction, which the next training learns from", "更正，下次训练会据此学习"),
    },
  ],
  async run(given, context) {
    const folder = Folder.folderOf(given);
    const log = Folder.openLog(folder);
    const at = context.now() * 60;
    const { intent, reopen, pause, resume } = given.options;
    if (pause === true || resume === true) {
      const kind = pause === true ? "paused" : "resumed";
      const head = Log.append(Folder.logOf(folder), log, [{ kind, what: {} }], at);
      context.print(given.json ? JSON.stringify({ kind, head }) : head);
      return OK;
    }
    if (given.options.weeks === true) {
      const [promise = 0.98] = Reading.sharesOf(given, "promise", 0.98);
      for (const week of Drift.weekly(log.lines, promise, Folder.modelOf(folder).trained.outsideShare)) {
        if (given.json) {
          context.print(JSON.stringify({ promise, ...week }));
          continue;
        }
        const day = new Date(week.from * 1_000).toISOString().slice(0, 10);
        const realised = week.realised === undefined ? "-" : `${(100 * week.realised).toFixed(1)} %`;
        const promised = `${(100 * promise).toFixed(1)} %`;
        const alarms = week.alarms
          .map((one) => ALARMS[one][given.language])
          .join(given.language === "zh" ? "；" : "; ");
        context.print(
          both(
            `${day}: ${week.answered} of ${week.tickets} answered; promised ${promised}, realised ${realised}`,
            `${day}：${week.tickets} 张中答复 ${week.answered} 张；承诺 ${promised}，实际 ${realised}`,
          )[given.language],
        );
        if (alarms !== "") context.print(`  ${alarms}`);
      }
      return OK;
    }
    const tickets = Folder.ticketsIn(folder);
    const [id] = given.args;
    if (id !== undefined) {
      if (!tickets.has(id)) throw Folder.unknown(id);
      if (reopen !== true && typeof intent !== "string") {
        throw new UsageError(both("Say --intent NAME or --reopen.", "请给出 --intent NAME 或 --reopen。"));
      }
      const entry =
        reopen === true
          ? ({ kind: "reopened", what: { ticket: id } } as const)
          : ({ kind: "correction", what: { ticket: id, intent } } as const);
      const head = Log.append(Folder.logOf(folder), log, [entry], at);
      context.print(given.json ? JSON.stringify({ ...entry, head }) : head);
      return OK;
    }
    const handed = [...Folder.openIn(log.lines).values()]
      .filter(({ outcome }) => outcome === "handed")
      .sort((one, other) => one.routed.due - other.routed.due);
    const waiting = given.options.overdue === true ? Route.overdue(handed, at) : handed;
    for (const decision of waiting) {
      const ticket = tickets.get(decision.ticket);
      if (given.json) {
        context.print(JSON.stringify({ ...decision, text: ticket?.text, count: ticket?.count }));
        continue;
      }
      const why = Triage.SAYS[decision.reason ?? "unsure"][given.language];
      const guesses = decision.guesses.map((one) => `${one.intent} ${(100 * one.confidence).toFixed(0)} %`).join(", ");
      context.print(`${bold(context)(decision.ticket)} ${decision.routed.severity} ${decision.routed.team}: ${why}`);
      context.print(`  ${ticket?.text.slice(0, 160) ?? ""}${(ticket?.count ?? 1) > 1 ? ` (x ${ticket?.count})` : ""}`);
      context.print(`  ${guesses}`);
    }
    if (waiting.length === 0 && !given.json)
      context.print(both("Nobody waits.", "没有等待处理的工单。")[given.language]);
    return OK;
  },
};

const ALARMS = {
  precision: both("alarm: more answers were wrong than the promise allows", "警报：错误答复超出承诺所允许的范围"),
  outside: both("alarm: more is outside of scope than was reckoned with", "警报：超出范围的工单多于预期"),
} as const;
