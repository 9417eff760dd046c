/** What went into a ranking, by its hash, and the button that computes it anew on the reader's own machine. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { RefreshCw } from "lucide-react";
import { useSay } from "../../Language.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import type { Ranked } from "./Ranked.ts";
import { type Result, useRecomputed } from "./useRecomputed.ts";

type Props = {
  ranking: Ranked;
  /** Fetches all that went into it. */
  bring: () => Promise<unknown>;
};

export function Recompute({ ranking, bring }: Props) {
  const { t } = useLingui();
  const { inputs, weights, floor } = ranking;
  const { result, busy, run } = useRecomputed(ranking, bring);
  return (
    <Card
      title={t`Anyone can check this ranking`}
      lead={t`The same inputs give the same ranking on any machine: on yours too, without asking this node for its word.`}
      actions={
        <Button onClick={() => void run()} busy={busy}>
          <RefreshCw aria-hidden="true" className="size-4" />
          <Trans>Recompute it here</Trans>
        </Button>
      }
    >
      <div className="grid gap-3">
        <p className="text-sm text-muted">
          <Plural value={inputs.providers} one="# provider" other="# providers" />
          {" · "}
          <Plural value={inputs.cases} one="# past case" other="# past cases" />
          {" · "}
          <Plural value={inputs.settlements} one="# settlement" other="# settlements" />
          {" · "}
          <Plural value={inputs.claims} one="# case told" other="# cases told" />
        </p>
        <dl className="grid gap-2 text-xs">
          <Hash name={t`What went in (SHA-256)`} hash={inputs.hash} />
          <Hash name={t`Weights (SHA-256)`} hash={weights} />
          {floor && <Hash name={t`Seed of the lot for newcomers`} hash={floor.seed} />}
        </dl>
        <div aria-live="polite">{result && <Told result={result} again={() => void run()} />}</div>
      </div>
    </Card>
  );
}

function Hash({ name, hash }: { name: string; hash: string }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-muted">{name}</dt>
      <dd>
        <code className="break-all">{hash}</code>
      </dd>
    </div>
  );
}

function Told({ result, again }: { result: Result; again: () => void }) {
  const { t } = useLingui();
  const say = useSay();
  if ("error" in result) return <Failure error={result.error} again={again} />;
  const { verdict, milliseconds } = result;
  if (verdict.equal) {
    const { candidates } = verdict;
    return (
      <Note tone="good" title={t`It is equal, to the last digit`}>
        <Trans>
          This browser came to the same order and the same {candidates} scores, from the same inputs, in {milliseconds}{" "}
          ms.
        </Trans>
      </Note>
    );
  }
  return (
    <Note tone="bad" role="alert" title={t`It is not equal: do not rely on this ranking`}>
      {say(verdict.why)}
    </Note>
  );
}
