/** A stage without a ledger: the pure model does what it foretells. For tests of all that stands above a stage. */
import { type Agreement, InputError, Machine, Refusal, State } from "../../agreement/index.ts";
import type { Cause, Happening } from "../../ledger/Fact.ts";
import { CAUSES } from "../../ledger/Fact.ts";
import * as Cast from "../Cast.ts";
import type { Movement, Open } from "../Stage.ts";

export const open: Open = async () => {
  const states = new Map<string, State.State>();
  const refused = new Set<string>();
  return {
    name: InputError.both("the rules alone", "仅按规则"),
    cast: Cast.PAPER,
    async perform(at, { act, agreement, id }) {
      const before = states.get(id) ?? State.unopened(agreement, id);
      const change = Machine.decide(before, act, at, { refuses: (to) => refused.has(to) });
      if (Refusal.is(change)) return change;
      states.set(id, change.state);
      if (change.next) states.set(change.next.id, change.next);
      const place = (who: Agreement.Address | "escrow") => (who === "escrow" ? Cast.PAPER.escrow : who);
      const movements = change.transfers
        .filter(({ creditOf }) => creditOf === undefined)
        .map(({ from, to, amount }): Movement => ({ from: place(from), to: place(to), amount }));
      return { movements, facts: facts(change, id), transactions: [] };
    },
    async list(_at, { account, refused: isRefused }) {
      if (isRefused) refused.add(account);
      else refused.delete(account);
    },
    async close() {},
  };
};

/** Enough of them to be told apart; the real ones come from a ledger. */
function facts({ transfers, events }: Machine.Change, agreement: Agreement.Hex): Happening[] {
  const paid = transfers.flatMap(({ cause, tranche = 0, part, amount, fee = 0n, creditOf }): Happening[] => {
    const credited: Happening[] = creditOf
      ? [{ kind: "credited", token: Cast.PAPER.token, owner: creditOf, amount }]
      : [];
    if (!CAUSES.includes(cause as Cause)) return credited;
    const money = { agreement, tranche, cause: cause as Cause };
    if (part === "client") return [{ kind: "refunded", ...money, amount }, ...credited];
    return [{ kind: "paid", ...money, amount: amount + fee, fee, onTime: true, disputed: false }, ...credited];
  });
  const told = events.flatMap(({ name, tranche = 0 }): Happening[] => {
    if (name === "Opened")
      return [{ kind: "opened", agreement, client: State.ZERO, provider: State.ZERO, document: agreement }];
    if (name === "Delivered") return [{ kind: "delivered", agreement, tranche, round: 0, deliverable: agreement }];
    if (name === "Rejected") return [{ kind: "rejected", agreement, tranche, round: 0, reasons: agreement }];
    if (name === "Contested") return [{ kind: "contested", agreement, tranche, byClient: true, reasons: agreement }];
    if (name === "Answered") return [{ kind: "answered", agreement, tranche }];
    if (name === "Extended") return [{ kind: "extended", agreement, tranche }];
    if (name === "Closed") return [{ kind: "closed", agreement }];
    return [];
  });
  return [...told, ...paid];
}
