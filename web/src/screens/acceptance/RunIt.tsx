/** Running it for one's own side here, where the node has not begun by itself; and the command for who runs it elsewhere. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { sideOf } from "../../agreement/useAgreement.ts";
import { type Agreement, documentOf } from "../../agreement/useStanding.ts";
import { useSay } from "../../Language.tsx";
import { useAsk, useCall } from "../../Node.ts";
import { Button } from "../../ui/Button.tsx";
import { Copy } from "../../ui/Copy.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import * as Runs from "./Runs.ts";
import { useCriterionName } from "./TwoRuns.tsx";
import { useAcceptance } from "./useAcceptance.ts";

type Props = { agreement: Agreement; item: Runs.Item };

export function RunIt({ agreement, item }: Props) {
  const side = sideOf(agreement);
  const isArbitrator = agreement.mine.includes("arbitrator");
  if (isArbitrator && item.deliveredAt !== undefined && item.state !== "passed") {
    return (
      <div className="grid gap-2">
        <Start {...{ agreement, item }} criteria={item.criteria} />
        {item.command !== undefined && <Command command={item.command} />}
      </div>
    );
  }
  if (item.command !== undefined) return <Command command={item.command} />;
  if (side === undefined || (item.state !== "waiting" && item.state !== "rerun")) return null;
  return <Mine {...{ agreement, item, side }} />;
}

function Mine({ agreement, item, side }: Props & { side: Runs.Side }) {
  const { t } = useLingui();
  const { runs, verdicts } = useAcceptance(agreement.id);
  const seat = agreement.seats.find(({ role }) => role === side);
  const { data: runner } = useAsk(
    "GET /v1/organisations/{organisation}/runner",
    { organisation: seat?.organisation ?? "" },
    { enabled: seat !== undefined },
  );
  const delegate = documentOf(agreement)?.parties[side].delegate?.toLowerCase();
  const isOurs = runner?.address !== undefined && delegate === runner.address.toLowerCase();
  const open = item.waits
    .filter((one) => one.side === side)
    .map(({ criterion }) => criterion)
    .filter((criterion) => {
      const last = Runs.pairs(item, criterion, item.round, runs, verdicts).at(-1);
      return last !== undefined && !UNDER_WAY.has(last[side].kind);
    });
  if (open.length === 0 && (!runner || isOurs)) return null;
  return (
    <div className="grid gap-3">
      {runner && !isOurs && (
        <Note tone="warn" title={t`This node cannot sign for your side`}>
          <Trans>
            The terms name no key of this node as your delegate. Run it where your delegate's key is, with{" "}
            <code>commenda accept watch</code>; a run here shows you what it finds, and counts for nothing.
          </Trans>
        </Note>
      )}
      {open.length > 0 && <Start {...{ agreement, item }} criteria={open} />}
    </div>
  );
}

/** Nothing to begin: it is on its way, or waits for what is hidden. */
const UNDER_WAY = new Set<Runs.Cell["kind"]>(["hidden", "queued", "running", "passed", "failed"]);

function Start({ agreement, item, criteria }: Props & { criteria: readonly string[] }) {
  const say = useSay();
  const whatOf = useCriterionName(agreement);
  const go = useNavigate();
  const start = useCall("POST /v1/agreements/{agreement}/runs", ({ id }) =>
    go({
      to: "/agreements/$agreement/acceptance/runs/$run",
      params: { agreement: agreement.id, run: id },
    }),
  );
  return (
    <div className="no-print grid gap-2">
      <div className="flex flex-wrap gap-2">
        {criteria.map((criterion) => (
          <Button
            key={criterion}
            busy={start.isPending}
            onClick={() => start.mutate({ agreement: agreement.id, milestone: item.milestone, criterion })}
          >
            <Play aria-hidden="true" className="size-4" />
            <Trans>Run it here: {say(whatOf(criterion))}</Trans>
          </Button>
        ))}
      </div>
      {start.isError && <Failure error={start.error} />}
    </div>
  );
}

function Command({ command }: { command: string }) {
  const { t } = useLingui();
  return (
    <div className="grid gap-1 text-sm">
      <p>
        <Trans>The arbitrator runs the very same, by this one command:</Trans>
      </p>
      <Copy text={command} label={t`Copy the command`} />
    </div>
  );
}
