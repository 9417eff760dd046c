/** What the edits so far do to the endings, and all the endings as they would be. */
import { Trans, useLingui } from "@lingui/react/macro";
import { memo } from "react";
import type { Judged } from "../../../agreement/judge/Judge.ts";
import type { Side } from "../../../agreement/useAgreement.ts";
import { useSay } from "../../../Language.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Empty, Failure, Loading } from "../../../ui/Waiting.tsx";
import { Changes } from "../../endings/Changes.tsx";
import { Picturing } from "../../endings/Picturing.tsx";
import type { Draft } from "./useDraft.ts";

type Props = { judged: Judged; typed: boolean; mine: Side | undefined; go: (field: string) => void };

export const Effects = memo(function Effects({ judged, typed, mine, go }: Props) {
  const { t } = useLingui();
  const { deal, endings, differences, pending, failed } = judged;
  if (failed !== undefined) return <Failure error={new Error(failed)} />;
  if (!deal || !endings) {
    if (pending) return <Loading rows={3} />;
    return (
      <Empty title={t`Too much is still open to say how it can end`}>
        <Trans>
          Amounts, dates and windows of every milestone are needed first. The list of things to do has them.
        </Trans>
      </Empty>
    );
  }
  return (
    <div className="grid gap-5">
      {typed && differences !== undefined && differences.length > 0 && (
        <Card title={t`What your edits change`}>
          <Changes changes={differences} mine={mine} />
        </Card>
      )}
      <Picturing deal={deal} endings={endings} mine={mine} go={go} narrow pending={pending} />
    </div>
  );
});

/** The most telling effect of the edits, in one line. */
export function Effect({ draft, mine, show }: { draft: Draft; mine: Side | undefined; show: () => void }) {
  const say = useSay();
  const { differences = [], pending } = draft.judged;
  const effects = differences.filter(({ kind }) => kind === "ending");
  const told = effects.find(({ favours }) => favours !== undefined && favours !== mine) ?? effects[0];
  const others = effects.length - 1;
  return (
    <div role="status" className={draft.typed && told ? "" : "sr-only"}>
      {draft.typed && told && (
        <div
          className={`flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border px-3 py-2 text-sm transition-opacity ${pending ? "opacity-60" : ""} ${told.favours === mine ? "border-good/40 bg-good-soft" : "border-warn/40 bg-warn-soft"}`}
        >
          <span className="min-w-0 flex-1">{say(told.says)}</span>
          <Button look="quiet" onClick={show}>
            {others > 0 ? <Trans>and {others} more</Trans> : <Trans>Show</Trans>}
          </Button>
        </div>
      )}
    </div>
  );
}
