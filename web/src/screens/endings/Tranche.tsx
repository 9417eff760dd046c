/** One milestone as a picture: its stages from top to bottom, at each the ways out, with their money. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleCheck, Scale, Undo2 } from "lucide-react";
import type { Ending, Endings, Kind } from "../../../../src/agreement/Endings.ts";
import type { Deal } from "../../agreement/judge/Judge.ts";
import { useLanguage, useSay } from "../../Language.tsx";
import { Amount, amountText } from "../../ui/Amount.tsx";
import { Card } from "../../ui/Card.tsx";
import * as Picture from "./Picture.ts";

type Props = { deal: Deal; endings: Endings; tranche: number };

export function Tranche({ deal, endings, tranche }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const stages = Picture.stagesOf(endings.endings, tranche);
  const { work } = deal.agreement;
  const isOutcome = work.payByResult && tranche === work.tranches.length - 1;
  const amount = work.tranches[tranche]?.amount ?? 0n;
  const title = deal.titles[tranche];
  const names: Record<Picture.Stage, string> = {
    funding: t`Before it begins`,
    work: t`While it is worked on`,
    review: t`Delivered, under review`,
    mending: t`Rejected, to be mended`,
    contest: t`Contested`,
    ruling: t`Before the arbitrator`,
    measuring: t`Measured`,
    consent: t`At any time, if both sign`,
  };
  const count = stages.reduce((sum, { lanes }) => sum + lanes.length, 0);
  return (
    <Card
      title={
        <>
          <span className="text-muted">{isOutcome ? t`Result` : `${tranche + 1}`} · </span>
          {title ? say(title) : ""}
        </>
      }
      lead={
        <>
          <Amount units={amount} currency={deal.currency} /> · <Trans>{count} ways to end</Trans>
        </>
      }
    >
      <ol className="grid gap-4 border-l-2 border-edge pl-4">
        {stages.map(({ stage, lanes }) => (
          <li key={stage} className="relative">
            <span
              aria-hidden="true"
              className={`absolute top-1 -left-[1.45rem] size-3 rounded-full border-2 bg-surface ${stage === "consent" ? "border-dashed border-edge" : "border-accent"}`}
            />
            <p className="text-sm font-medium">{names[stage]}</p>
            <ul className="mt-1 grid gap-2">
              {lanes.map((ending) => (
                <Lane key={ending.kind} ending={ending} deal={deal} amount={amount} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function useKindName(): Record<Kind, string> {
  const { t } = useLingui();
  return {
    accepted: t`Accepted`,
    silence: t`The client is silent`,
    undelivered: t`Not delivered in time`,
    late: t`Delivered too late`,
    lapsed: t`Not mended in time`,
    forfeitedToClient: t`The provider does not answer`,
    forfeitedToProvider: t`The client does not answer`,
    unanswered: t`The client does not answer an early contest`,
    ruled: t`Ruled`,
    fallback: t`No ruling in time`,
    noArbitration: t`Nobody to rule`,
    terminated: t`Ended by the client`,
    unfunded: t`Not funded in time`,
    measured: t`Measured by the ledger`,
    reported: t`Reported`,
    default: t`Nobody reports`,
    settled: t`Settlement`,
    replaced: t`Change order`,
  };
}

const FATES = {
  paid: { Icon: CircleCheck, tone: "text-good", box: "border-good/50" },
  back: { Icon: Undo2, tone: "text-bad", box: "border-bad/50" },
  split: { Icon: Scale, tone: "text-warn", box: "border-warn/50" },
} as const;

function Lane({ ending, deal, amount }: { ending: Ending; deal: Deal; amount: bigint }) {
  const { t } = useLingui();
  const say = useSay();
  const { language } = useLanguage();
  const kinds = useKindName();
  const fate = Picture.fateOf(ending);
  const { Icon, tone, box } = FATES[fate];
  const fates = { paid: t`paid out`, back: t`goes back`, split: t`split` };
  const { provider } = ending;
  const money = (units: bigint) => amountText(units, deal.currency, language);
  const range = provider.min === provider.max ? money(provider.min) : `${money(provider.min)} – ${money(provider.max)}`;
  const [sure, most] = [Picture.placeOf(provider.min, 0n, amount), Picture.placeOf(provider.max, 0n, amount)];
  return (
    <li className={`rounded-lg border-l-4 bg-sunken/60 px-3 py-2 ${box}`}>
      <details>
        <summary className="list-none [&::-webkit-details-marker]:hidden">
          <span className="flex flex-wrap items-center gap-x-2 text-sm">
            <Icon aria-hidden="true" className={`size-4 shrink-0 ${tone}`} />
            <span className="min-w-0 flex-1">{kinds[ending.kind]}</span>
            <span className="text-xs text-muted">{ending.byConsent ? t`as agreed` : fates[fate]}</span>
          </span>
          <span
            aria-hidden="true"
            className="mt-1.5 flex h-2 overflow-hidden rounded-full border border-edge/60 bg-page"
          >
            <span className="bg-accent" style={{ width: `${sure}%` }} />
            <span className="bg-accent/35" style={{ width: `${Math.max(0, most - sure)}%` }} />
          </span>
          <span className="mt-0.5 block text-xs text-muted">
            <Trans>
              Provider: <span className="font-medium text-ink tabular-nums">{range}</span>
            </Trans>
          </span>
        </summary>
        <div className="mt-2 border-t border-line pt-2 text-sm">
          <p>{say(ending.says)}</p>
          {!ending.byConsent && ending.path.length > 0 && (
            <>
              <p className="mt-2 text-xs font-medium text-muted">
                <Trans>A shortest way there</Trans>
              </p>
              <ol className="list-decimal pl-5 text-xs text-muted">
                {ending.path.map((step, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: steps are their places
                  <li key={index}>{say(step.says)}</li>
                ))}
              </ol>
            </>
          )}
        </div>
      </details>
    </li>
  );
}
