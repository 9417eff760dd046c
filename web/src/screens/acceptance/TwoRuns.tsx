/** The runs of both sides beside each other, criterion by criterion, with a sign between them: equal, or not. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Ellipsis, Equal, EqualNot } from "lucide-react";
import type { Agreement } from "../../agreement/useStanding.ts";
import { useSay, type Words } from "../../Language.tsx";
import { When } from "../../ui/When.tsx";
import { KINDS, useKindName } from "./Mark.tsx";
import * as Runs from "./Runs.ts";
import { useAcceptance } from "./useAcceptance.ts";

type Props = { agreement: Agreement; item: Runs.Item };

export function TwoRuns({ agreement, item }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const { runs, verdicts } = useAcceptance(agreement.id);
  const round = Runs.roundOf(item, verdicts);
  const whatOf = useCriterionName(agreement);
  const names = { client: t`Client`, provider: t`Provider` };
  return (
    <div className="grid gap-4">
      {round !== item.round && (
        <p className="text-sm text-muted">
          <Trans>What was found in the round before:</Trans>
        </p>
      )}
      {item.criteria.map((criterion) => (
        <section key={criterion} aria-label={say(whatOf(criterion))} className="grid gap-2">
          <h3 className="text-sm font-medium">{say(whatOf(criterion))}</h3>
          {Runs.pairs(item, criterion, round, runs, verdicts).map((pair) => (
            <div key={pair.attempt} className="grid gap-1">
              {pair.attempt > 1 && (
                <p className="text-xs text-muted">
                  <Trans>Run once more, as the rule for unsteady checks says:</Trans>
                </p>
              )}
              <div className="grid grid-cols-[minmax(0,1fr)_2rem_minmax(0,1fr)] items-stretch gap-1 sm:gap-2">
                {Runs.SIDES.flatMap((side) => [
                  ...(side === "provider" ? [<Between key="between" is={pair.is} />] : []),
                  <Tile
                    key={side}
                    {...{ agreement, cell: pair[side] }}
                    name={names[side]}
                    isMine={agreement.mine.includes(side)}
                  />,
                ])}
              </div>
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}

/** What a criterion demands, in its own words. */
export function useCriterionName({ document }: Pick<Agreement, "document">): (name: string) => Words {
  const { criteria } = document as { criteria?: readonly { name?: unknown; what?: Words }[] };
  return (name) => criteria?.find((one) => one.name === name)?.what ?? { en: name, zh: name };
}

function Between({ is }: { is: Runs.Pair["is"] }) {
  const { t } = useLingui();
  const { Icon, colour, name } = {
    open: { Icon: Ellipsis, colour: "text-muted", name: t`not to be compared yet` },
    equal: { Icon: Equal, colour: "text-good", name: t`both say the same` },
    differs: { Icon: EqualNot, colour: "text-bad", name: t`they differ` },
  }[is];
  return (
    <div className={`flex items-center justify-center ${colour}`}>
      <Icon role="img" aria-label={name} className="size-6" />
    </div>
  );
}

function Tile({
  agreement,
  cell,
  name,
  isMine,
}: {
  agreement: Agreement;
  cell: Runs.Cell;
  name: string;
  isMine: boolean;
}) {
  const kindOf = useKindName();
  const { Icon, colour, box } = KINDS[cell.kind];
  const { verdict, run } = cell;
  const at = verdict?.at ?? run?.endedAt ?? run?.startedAt;
  const { passed = 0, all = 0 } = verdict?.counts ?? {};
  return (
    <div className={`grid content-start gap-1 rounded-lg border px-3 py-2 text-sm ${box}`}>
      <p className="text-xs text-muted">
        {name}
        {isMine && (
          <>
            {" "}
            <span className="font-medium text-accent">
              <Trans>(you)</Trans>
            </span>
          </>
        )}
      </p>
      <p role="status" className={`flex items-center gap-1.5 font-medium ${colour}`}>
        <Icon
          aria-hidden="true"
          className={`size-4 shrink-0 ${cell.kind === "running" ? "animate-spin motion-reduce:animate-none" : ""}`}
        />
        {kindOf(cell.kind)}
      </p>
      {verdict && (
        <p className="tabular-nums">
          <Trans>
            {passed} of {all} checks
          </Trans>
        </p>
      )}
      {verdict && !verdict.confined && (
        <p className="text-warn">
          <Trans>ran unconfined</Trans>
        </p>
      )}
      {at !== undefined && (
        <p className="text-xs text-muted">
          <When at={at} far={false} />
        </p>
      )}
      <p className="no-print flex flex-wrap gap-x-3 text-xs">
        {verdict && (
          <Link
            to="/agreements/$agreement/acceptance/verdicts/$verdict"
            params={{ agreement: agreement.id, verdict: verdict.id }}
            className="inline-flex min-h-6 items-center underline"
          >
            <Trans>What it found</Trans>
          </Link>
        )}
        {run && (
          <Link
            to="/agreements/$agreement/acceptance/runs/$run"
            params={{ agreement: agreement.id, run: run.id }}
            className="inline-flex min-h-6 items-center underline"
          >
            {cell.kind === "running" ? <Trans>Watch it</Trans> : <Trans>The run</Trans>}
          </Link>
        )}
      </p>
    </div>
  );
}
