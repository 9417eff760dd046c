/** The one thing that is waited for from me; or from whom else, and until when. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { isInDispute, isOver } from "../../agreement/Stages.ts";
import type { Agreement, Standing } from "../../agreement/useStanding.ts";
import { useVerb } from "../../agreement/Verb.ts";
import { useSay } from "../../Language.tsx";
import { useSession } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { Note } from "../../ui/Note.tsx";
import { When } from "../../ui/When.tsx";
import type { Chosen } from "./act/ActDialog.tsx";
import { useMilestoneTitle } from "./act/useActName.ts";
import * as Turn from "./Turn.ts";

type Props = {
  agreement: Agreement;
  standing: Standing;
  /** Milestones that code judges now: to accept them by hand is possible, and not waited for. */
  judging: readonly string[];
  /** Those of which both runs differ: to be compared before anything is decided. */
  unequal: readonly string[];
  choose: (chosen: Chosen) => void;
};

export function MyTurn({ agreement, standing, judging, unequal, choose }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const verbOf = useVerb();
  const { now } = useSession();
  const titleOf = useMilestoneTitle(agreement.document);
  const [first, ...rest] = Turn.all(standing.tranches).filter(
    ({ verb, milestone }) => verb !== "accept" || ![...judging, ...unequal].includes(milestone),
  );
  if (standing.closed) {
    return (
      <Note tone="good" title={t`This agreement has ended`}>
        <Trans>
          Nothing is held any more.{" "}
          <Link to="/agreements/$agreement/statement" params={{ agreement: agreement.id }} className="underline">
            See the statement
          </Link>
          , and keep the proof.
        </Trans>
      </Note>
    );
  }
  const soonest = standing.tranches
    .flatMap(({ stage, next }) => (next && !isOver(stage) ? [next] : []))
    .sort((a, b) => a.at.localeCompare(b.at))[0];
  const titles = (unequal.length > 0 ? unequal : judging).map(titleOf).join(", ");
  if (!first && unequal.length > 0) {
    return (
      <Note tone="warn" title={t`The runs differ: ${titles}`}>
        <Trans>
          These runs move no money; if nobody acts, the end of the review decides.{" "}
          <Link to="/agreements/$agreement/acceptance" params={{ agreement: agreement.id }} className="underline">
            Compare them, then decide
          </Link>
        </Trans>
      </Note>
    );
  }
  if (!first && judging.length > 0) {
    return (
      <Note title={t`Code is judging: ${titles}`}>
        <Trans>
          Where both runs say the same, it is accepted and paid, or rejected, without a click.{" "}
          <Link to="/agreements/$agreement/acceptance" params={{ agreement: agreement.id }} className="underline">
            Watch it
          </Link>
        </Trans>
      </Note>
    );
  }
  if (!first) {
    return (
      <Note title={t`Nothing is waited for from you`}>
        {soonest ? (
          <>
            <Trans>If nobody acts:</Trans> {say(soonest.says)} <When at={soonest.at} now={now()} />
          </>
        ) : (
          <Trans>The others are at work.</Trans>
        )}
      </Note>
    );
  }
  const tranche = standing.tranches.find(({ name }) => name === first.milestone);
  const title = titleOf(first.milestone);
  return (
    <section
      aria-label={t`Your turn`}
      className="rounded-xl border-2 border-accent bg-accent-soft p-4 sm:flex sm:items-center sm:gap-6 sm:p-5"
    >
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold">
          <Trans>Your turn: {title}</Trans>
        </h2>
        {tranche?.next && (
          <p className="mt-0.5 text-sm">
            <Trans>If you do nothing:</Trans> {say(tranche.next.says)} <When at={tranche.next.at} now={now()} />
          </p>
        )}
        {rest.length > 0 && (
          <p className="mt-1 text-sm text-muted">
            <Trans>Then:</Trans>{" "}
            {rest.map(({ verb, milestone }) => `${verbOf(verb)} (${titleOf(milestone)})`).join(", ")}
          </p>
        )}
      </div>
      <div className="mt-3 flex flex-wrap gap-2 sm:mt-0">
        <Button look="primary" onClick={() => choose(first)}>
          {verbOf(first.verb)}
        </Button>
        {tranche && isInDispute(tranche.stage) && (
          <Link
            to="/agreements/$agreement/disputes/$milestone"
            params={{ agreement: agreement.id, milestone: first.milestone }}
            className="inline-flex min-h-10 items-center text-sm underline"
          >
            <Trans>Look at the dispute</Trans>
          </Link>
        )}
      </div>
    </section>
  );
}
