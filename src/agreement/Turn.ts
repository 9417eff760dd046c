/** Whose move a tranche waits for. It forbids nobody else anything: what may be done is for `Machine` to say. */

import type { Verb } from "./Act.ts";
import { milestonesOf } from "./machine/Draft.ts";
import { Code, cell, type State } from "./State.ts";

export type Side = "client" | "provider" | "arbitrator" | "reporter";
export type Turn = { readonly by: Side; readonly verb: Verb };

/** Metric of an outcome that reporters attest. */
const REPORTED = 1;

/** Empty where nobody's move is due: it has ended, or time, another tranche or anyone brings the next stage. */
export function of(state: State, tranche: number): readonly Turn[] {
  const { code } = cell(state, tranche);
  const { arbitration, outcome } = state.agreement;
  const isOutcome = tranche === milestonesOf(state.agreement);
  switch (code) {
    case Code.Unfunded:
      return [{ by: "client", verb: "fund" }];
    case Code.Awaiting:
      return outcome.metric === REPORTED ? [{ by: "reporter", verb: "report" }] : [];
    case Code.Active:
    case Code.Rejected:
      return [{ by: "provider", verb: "deliver" }];
    case Code.Delivered:
      return isOutcome ? [] : [{ by: "client", verb: "accept" }];
    case Code.ContestedByClient:
      return [{ by: "provider", verb: "answer" }];
    case Code.ContestedByProvider:
    case Code.ContestedUndelivered:
      return [{ by: "client", verb: "answer" }];
    case Code.Disputed:
      if (arbitration.panel) return [{ by: "arbitrator", verb: "rule" }];
      return [
        { by: "client", verb: "arbitrate" },
        { by: "provider", verb: "arbitrate" },
      ];
    case Code.Arbitrated:
      return state.rulings.length > 0 ? [] : [{ by: "arbitrator", verb: "rule" }];
    default:
      return [];
  }
}
