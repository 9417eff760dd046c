/** One milestone on the rail: its stage, its money, its clock, what comes if nobody acts, and what I may do. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { StageBadge } from "../../agreement/Stage.tsx";
import { isInDispute, isOver } from "../../agreement/Stages.ts";
import {
  type Agreement,
  documentOf,
  isCoded,
  OUTCOME,
  type Standing,
  type Tranche,
} from "../../agreement/useStanding.ts";
import { useVerb } from "../../agreement/Verb.ts";
import { useLanguage, useSay } from "../../Language.tsx";
import { useSession } from "../../Session.tsx";
import { Amount } from "../../ui/Amount.tsx";
import { Button } from "../../ui/Button.tsx";
import { dateText, When } from "../../ui/When.tsx";
import type { Chosen } from "./act/ActDialog.tsx";
import { ReviewClock } from "./ReviewClock.tsx";
import { TrancheMoney } from "./TrancheMoney.tsx";
import * as Turn from "./Turn.ts";

/** Only where code judges. */
const OnMilestone = lazy(async () => ({ default: (await import("../acceptance/OnMilestone.tsx")).OnMilestone }));

type Props = {
  agreement: Agreement;
  standing: Standing;
  tranche: Tranche;
  index: number;
  choose: (chosen: Chosen) => void;
};

export function Milestone({ agreement, standing, tranche, index, choose }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const { language } = useLanguage();
  const { now } = useSession();
  const { name, title, stage, round, amount, due, next } = tranche;
  const isOutcome = name === OUTCOME;
  // After a rejection its own deadline counts, whatever was due before.
  const dates: Record<string, string | undefined> = { active: due, waiting: due, rejected: next?.at };
  const until = dates[stage];
  const params = { agreement: agreement.id, milestone: name };
  return (
    <li className="grid gap-2 border-l-4 border-line pl-4 print:break-inside-avoid">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h3 className="font-medium">
          <span className="text-muted tabular-nums">{index + 1}. </span>
          {isOutcome ? <Trans>Outcome: {say(title)}</Trans> : say(title)}
        </h3>
        <StageBadge stage={stage} outcome={isOutcome} />
        {round > 0 && (
          <span className="text-xs text-muted">
            <Trans>round {round + 1}</Trans>
          </span>
        )}
        <span className="ml-auto font-semibold">
          <Amount units={amount} currency={standing.currency} />
        </span>
      </div>
      <TrancheMoney tranche={tranche} currency={standing.currency} />
      {until !== undefined && (
        <p className="text-sm">
          <Trans>To be delivered by</Trans> <When at={until} now={now()} />
        </p>
      )}
      {stage === "delivered" && next && <ReviewClock agreement={agreement.id} index={index} end={next.at} />}
      {next && !isOver(stage) && (
        <p className="text-sm text-muted">
          <span className="font-medium text-ink">
            <Trans>If nobody acts, from {dateText(next.at, language)} on:</Trans>
          </span>{" "}
          {say(next.says)}
        </p>
      )}
      <Criteria agreement={agreement} name={name} />
      {isCoded(agreement, name) && (
        <Suspense>
          <OnMilestone {...{ agreement, standing, tranche }} />
        </Suspense>
      )}
      <div className="no-print flex flex-wrap items-center gap-2">
        <Deeds tranche={tranche} choose={choose} />
        {isInDispute(stage) && (
          <Link to="/agreements/$agreement/disputes/$milestone" params={params} className="text-sm underline">
            <Trans>Look at the dispute</Trans>
          </Link>
        )}
        {isOutcome && (
          <Link to="/agreements/$agreement/outcome" params={{ agreement: agreement.id }} className="text-sm underline">
            {t`See the outcome against its target`}
          </Link>
        )}
      </div>
    </li>
  );
}

function Deeds({ tranche, choose }: { tranche: Tranche; choose: (chosen: Chosen) => void }) {
  const { t } = useLingui();
  const say = useSay();
  const verbOf = useVerb();
  const first = Turn.of(tranche);
  const title = say(tranche.title);
  const button = (verb: string, look: "plain" | "quiet") => {
    const name = verbOf(verb);
    return (
      <Button
        key={verb}
        look={look}
        aria-label={t`${name}: ${title}`}
        onClick={() => choose({ verb, milestone: tranche.name })}
      >
        {name}
      </Button>
    );
  };
  return (
    <>
      {first && button(first.verb, "plain")}
      {Turn.others(tranche).map((verb) => button(verb, "quiet"))}
    </>
  );
}

/** By what a delivery is judged. */
function Criteria({ agreement, name }: { agreement: Agreement; name: string }) {
  const say = useSay();
  const document = documentOf(agreement);
  const named = document?.milestones.find((one) => one.name === name)?.criteria ?? [];
  const criteria = document?.criteria.filter((one) => named.includes(one.name)) ?? [];
  if (criteria.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="inline-flex min-h-6 items-center text-accent">
        <Plural value={criteria.length} one="Judged by # criterion" other="Judged by # criteria" />
      </summary>
      <ul className="mt-1 list-disc pl-5">
        {criteria.map(({ name, what, weight }) => (
          <li key={name}>
            {say(what)} <span className="text-muted">({weight})</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
