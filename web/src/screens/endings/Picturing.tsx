/** Every ending of a deal: in all, by time, by milestone, by who can stall. `narrow`: beside the clauses of a draft. */
import { Trans } from "@lingui/react/macro";
import { memo } from "react";
import type { Endings } from "../../../../src/agreement/Endings.ts";
import type { Deal } from "../../agreement/judge/Judge.ts";
import type { Side } from "../../agreement/useAgreement.ts";
import { Note } from "../../ui/Note.tsx";
import { Bounds } from "./Bounds.tsx";
import { Lock } from "./Lock.tsx";
import { Findings, type Go, Stalls } from "./Stalls.tsx";
import { Tranche } from "./Tranche.tsx";

type Props = { deal: Deal; endings: Endings; mine: Side | undefined; go: Go; narrow?: boolean; pending: boolean };

export function Picturing({ pending, ...shown }: Props) {
  return (
    <div aria-busy={pending} className={`transition-opacity ${pending ? "opacity-60" : ""}`}>
      <Picture {...shown} />
    </div>
  );
}

/** Drawn anew for other endings only. */
const Picture = memo(function Picture({ deal, endings, mine, go, narrow = false }: Omit<Props, "pending">) {
  const pair = narrow ? "grid gap-5" : "grid items-start gap-5 lg:grid-cols-2";
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      {deal.incomplete && (
        <Note tone="warn">
          <Trans>The payment by result is not whole yet and left out here: these are the milestones alone.</Trans>
        </Note>
      )}
      {deal.provisional && !deal.incomplete && (
        <Note tone="info">
          <Trans>
            Names, accounts or texts are still missing. They change no ending, so these are shown already as the deal
            stands.
          </Trans>
        </Note>
      )}
      <div className={pair}>
        <Bounds deal={deal} endings={endings} mine={mine} />
        <Lock deal={deal} endings={endings} />
      </div>
      <div className={narrow ? "grid gap-5" : "grid items-start gap-5 md:grid-cols-2 xl:grid-cols-3"}>
        {endings.agreement.work.tranches.map((_, tranche) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: milestones are their places
          <Tranche key={tranche} deal={deal} endings={endings} tranche={tranche} />
        ))}
      </div>
      <div className={pair}>
        <Stalls endings={endings} mine={mine} go={go} />
        <Findings endings={endings} go={go} />
      </div>
    </div>
  );
});
