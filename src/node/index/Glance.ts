/** What lists show of an agreement: what is held and still to come, whose move it is, and what time brings whom. */
import { type Deadline, Outcome, State, type Terms, Turn } from "../../agreement/index.ts";
import * as Account from "../../agreement/machine/Account.ts";
import * as Clock from "../../agreement/machine/Clock.ts";
import type * as schema from "../store/schema.ts";

type Glance = { held: bigint; promised: bigint; turns: schema.Turn[] };

/** `ends`: the deadlines of the state. */
export function of(state: State.State, terms: Terms.Terms, ends: readonly Deadline.Deadline[]): Glance {
  const { tranches } = state.agreement.work;
  let [held, promised] = [0n, 0n];
  const turns = tranches.flatMap(({ amount }, i): schema.Turn[] => {
    const cell = State.cell(state, i);
    const holds = Account.held(state, i);
    held += holds + Account.deposits(state, i);
    if (cell.code === State.Code.Unfunded) promised += amount - holds;
    const until = ends.find(({ tranche }) => tranche === i)?.minute;
    const { name, title } = milestone(terms, i);
    return Turn.of(state, i).map(({ by, verb }) => ({
      ...{ tranche: i, milestone: name, title, by, verb },
      amount: String(verb === "fund" ? amount - holds : holds),
      ...(verb === "deliver" ? { due: Clock.due(state, i) * 60 } : {}),
      ...(until === undefined ? {} : { until: until * 60 }),
    }));
  });
  return { held, promised, turns };
}

/** What a deadline moves to either side. */
export function brings({ change }: Deadline.Deadline): { toClient: bigint; toProvider: bigint } {
  const to = (side: "client" | "provider") =>
    change.transfers.reduce(
      (sum, { from, part, amount }) => (from === "escrow" && part === side ? sum + amount : sum),
      0n,
    );
  return { toClient: to("client"), toProvider: to("provider") };
}

export function milestone({ milestones, outcome, title }: Terms.Terms, tranche: number) {
  const found = milestones[tranche];
  return found ? { name: found.name, title: found.title } : { name: Outcome.NAME, title: outcome?.title ?? title };
}
