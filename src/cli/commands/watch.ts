/** `commenda watch --terms FILE`: what happens to an agreement, as it happens. */
import { setTimeout } from "node:timers/promises";
import { InputError, Money, State, Terms, Time } from "../../agreement/index.ts";
import * as Escrow from "../../ledger/Escrow.ts";
import type * as Fact from "../../ledger/Fact.ts";
import * as Follow from "../../ledger/Follow.ts";
import { type Command, OK } from "../Command.ts";
import * as Site from "../Site.ts";
import * as Speech from "../Speech.ts";

const { both } = InputError;

export const watch: Command = {
  path: ["watch"],
  says: both("shows what happens to an agreement, as it happens", "实时显示协议的进展"),
  args: [],
  options: {
    ...Site.OPTIONS,
    from: {
      type: "string",
      value: "BLOCK",
      says: both("the block to begin with; default: the first", "起始区块；默认从头开始"),
    },
    once: { type: "boolean", says: both("ends when all that is known was shown", "显示已有记录后即结束") },
  },
  examples: [{ line: "commenda watch --terms terms.json --once", says: both("what happened so far", "迄今的记录") }],
  async run(given, context) {
    const { language, json, options } = given;
    const first = Site.blockOf(given, "from") ?? 0;
    const { ledger, subject, terms } = await Site.open(given, context.env);
    const id = Escrow.idOf(ledger, subject);
    const currency = Terms.currencyOf(terms);
    const stop = context.interruption();
    try {
      let cursor = Follow.begin(subject.escrow, first);
      for (;;) {
        const step = await Follow.next(ledger, cursor);
        cursor = step.cursor;
        if (step.kind === "undone") {
          const says = both(
            `Blocks from ${step.from} on are no longer the chain's; what was shown of them did not happen.`,
            `自区块 ${step.from} 起已不属于该链，其中显示过的事项并未发生。`,
          );
          context.print(json ? JSON.stringify({ undone: step.from }) : says[language]);
        }
        for (const fact of step.kind === "facts" ? step.facts : []) {
          if (!("agreement" in fact) || fact.agreement !== id) continue;
          context.print(json ? JSON.stringify(fact, units) : line(fact, terms, currency, language));
        }
        if (step.kind !== "idle") continue;
        if (options.once === true || stop.aborted) break;
        await setTimeout(1_000, undefined, { signal: stop }).catch(() => {});
      }
      if (!json) context.print(closing(await Escrow.state(ledger, subject))[language]);
      return OK;
    } finally {
      await ledger.close();
    }
  },
};

const units = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);

function line(fact: Fact.Fact, terms: Terms.Terms, currency: Money.Currency, language: InputError.Language): string {
  const when = Time.format(Math.floor(fact.block.time / 60));
  const what = Speech.FACTS[fact.kind][language];
  const of = "tranche" in fact ? ` · ${Speech.tranche(terms, fact.tranche)[language]}` : "";
  const much = "amount" in fact ? ` · ${Money.show(fact.amount, currency)}` : "";
  return `${when}  ${what}${of}${much}`;
}

function closing(state: State.State): InputError.Words {
  if (!State.isUsed(state)) return both("It was never opened.", "该协议从未生效。");
  return State.isClosed(state) ? both("It has ended.", "协议已结束。") : both("It goes on.", "协议仍在进行。");
}
