/** One act on its way: what it is, how far it is, whether the window may be closed, and why it ended where it did. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Agreement } from "../../../agreement/useStanding.ts";
import { Button } from "../../../ui/Button.tsx";
import { Note, type Tone } from "../../../ui/Note.tsx";
import * as Acts from "./Acts.ts";
import { Meanwhile } from "./Meanwhile.tsx";
import * as Progress from "./Progress.ts";
import { Steps } from "./Steps.tsx";
import { useActName } from "./useActName.ts";
import { useSigner } from "./useSigner.ts";
import { useWhy } from "./useWhy.ts";

const TONES: Partial<Record<Progress.Stage, Tone>> = { final: "good", refused: "bad", stopped: "warn" };

type Props = {
  progress: Progress.Progress;
  agreement: Agreement;
  /** The act's new key, where it is tried again. */
  onAgain?: (key: string) => void;
};

export function ActProgress({ progress, agreement, onAgain }: Props) {
  const { t } = useLingui();
  const signer = useSigner(agreement);
  const name = useActName(agreement.document)(progress.act);
  const { key, stage } = progress;
  const isEnd = Progress.isOver(progress);
  return (
    <Note
      tone={TONES[stage] ?? "info"}
      title={name}
      actions={
        <>
          {(stage === "stopped" || stage === "refused") && (
            <Button onClick={() => onAgain?.(Acts.again(key, signer)) ?? Acts.again(key, signer)}>
              {stage === "stopped" ? <Trans>Go on</Trans> : <Trans>Try again</Trans>}
            </Button>
          )}
          {(isEnd || stage === "stopped") && (
            <Button look="quiet" onClick={() => Acts.forget(key)} aria-label={t`Dismiss: ${name}`}>
              <Trans>Dismiss</Trans>
            </Button>
          )}
        </>
      }
    >
      <div className="mt-1 grid gap-2">
        <Steps progress={progress} />
        <div role="status">
          <Said progress={progress} />
        </div>
        {stage === "refused" && <Meanwhile agreement={agreement.id} block={progress.block} />}
      </div>
    </Note>
  );
}

function Said({ progress }: { progress: Progress.Progress }) {
  const why = useWhy();
  const { stage, misses, isSignedOut, replaced, problem, signed } = progress;
  if (isSignedOut) {
    return (
      <p>
        <Trans>Your session has ended. Sign in again: it goes on by itself, and nothing is done twice.</Trans>
      </p>
    );
  }
  return (
    <>
      {misses > 0 && !Progress.isOver(progress) && (
        <p>
          <Trans>The node does not answer. It is asked again by itself; nothing is done twice.</Trans>
        </p>
      )}
      {replaced && !Progress.isOver(progress) && (
        <p>
          <Trans>The ledger has put something else in its place; the node brings it there again.</Trans>
        </p>
      )}
      {stage === "refused" || stage === "stopped" ? (
        <p>{why(problem, stage)}</p>
      ) : (
        <p className="text-muted">
          <Going stage={stage} signed={signed} verb={progress.act.verb} />
        </p>
      )}
    </>
  );
}

type GoingProps = { stage: Progress.Stage; signed: Progress.SignedBy | undefined; verb: string };

function Going({ stage, signed, verb }: GoingProps) {
  switch (stage) {
    case "preparing":
      return <Trans>The node works out what this does now. Keep this window open.</Trans>;
    case "signing":
      return <Trans>Confirm it with your passkey or wallet. Nothing has been sent; keep this window open.</Trans>;
    case "sending":
      return <Trans>On its way to the node. Keep this window open for a moment.</Trans>;
    case "waiting":
      return <Waiting verb={verb} />;
    case "queued":
    case "sent":
      return <Trans>The node brings it to the ledger. You may close this window.</Trans>;
    case "included":
      return <Trans>It is on the ledger, and will be final soon. You may close this window.</Trans>;
    default:
      return signed !== "person" ? (
        <Trans>Done. It stands on the ledger.</Trans>
      ) : (
        <Trans>Done. It stands on the ledger, by your signature.</Trans>
      );
  }
}

/** Signed by several: both parties, a panel, reporters. */
const SEVERAL: ReadonlySet<string> = new Set(["settle", "rule", "report"]);

function Waiting({ verb }: { verb: string }) {
  if (SEVERAL.has(verb)) {
    return <Trans>The node has your signature and waits for those of the others. You may close this window.</Trans>;
  }
  return (
    <Trans>
      A second person of your organisation has to approve it; they were told. Then it goes on by itself. You may close
      this window.
    </Trans>
  );
}
