/** Whether the desk works; the brake is for everybody who works with it, what cannot be undone is asked for twice. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CirclePause, CirclePlay, CircleStop, KeyRound } from "lucide-react";
import { useState } from "react";
import { useCall } from "../../../Node.ts";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Copy } from "../../../ui/Copy.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { TextField } from "../../../ui/Field.tsx";
import { Failure } from "../../../ui/Waiting.tsx";
import { useIds, useRights } from "../Desk.ts";
import { StateBadge } from "../Frame.tsx";
import type { PartProps } from "./Settings.tsx";

export function Running({ desk }: PartProps) {
  return (
    <>
      <PauseOrResume desk={desk} />
      <SealKey desk={desk} />
      <Stop desk={desk} />
    </>
  );
}

function PauseOrResume({ desk: { state } }: PartProps) {
  const { t } = useLingui();
  const ids = useIds();
  const { write, manage } = useRights();
  const pause = useCall("POST /v1/organisations/{organisation}/desks/{desk}/pause");
  const resume = useCall("POST /v1/organisations/{organisation}/desks/{desk}/resume");
  const error = pause.error ?? resume.error;
  return (
    <Card
      title={t`Pause`}
      lead={t`While it is paused everything goes to people, and nothing is answered by itself. Each pause stands in the log.`}
      actions={<StateBadge state={state} />}
    >
      <div className="flex flex-wrap gap-2">
        {state === "working" && write && (
          <Button busy={pause.isPending} onClick={() => pause.mutate(ids)}>
            <CirclePause aria-hidden="true" className="size-4" />
            <Trans>Pause the desk</Trans>
          </Button>
        )}
        {state === "paused" && manage && (
          <Button look="primary" busy={resume.isPending} onClick={() => resume.mutate(ids)}>
            <CirclePlay aria-hidden="true" className="size-4" />
            <Trans>Let it answer again</Trans>
          </Button>
        )}
      </div>
      <p role="status" className="mt-2 text-sm text-muted">
        {state === "paused" && !manage && <Trans>An owner lets it answer again.</Trans>}
        {state === "stopped" && <Trans>It was stopped for good.</Trans>}
      </p>
      {error !== null && <Failure error={error} />}
    </Card>
  );
}

function SealKey({ desk: { key, state } }: PartProps) {
  const { t } = useLingui();
  const ids = useIds();
  const { manage } = useRights();
  const [isAsked, ask] = useState(false);
  const rotate = useCall("POST /v1/organisations/{organisation}/desks/{desk}/key", () => ask(false));
  return (
    <Card
      title={t`Key of the desk`}
      lead={t`It seals the log and the counts, and can sign nothing else. Give it another one when people change, or when you fear that it was seen.`}
    >
      <div className="grid max-w-2xl gap-3">
        <Copy text={key} label={t`Copy the address of the key`} />
        {rotate.data && (
          <p role="status" className="text-sm text-good">
            <Trans>Another key seals the log from now on. What the old one seals is refused.</Trans>
          </p>
        )}
        {manage && state !== "stopped" && (
          <div>
            <Button onClick={() => ask(true)}>
              <KeyRound aria-hidden="true" className="size-4" />
              <Trans>Give it another key</Trans>
            </Button>
          </div>
        )}
      </div>
      <Dialog
        open={isAsked}
        onClose={() => ask(false)}
        title={t`Another key?`}
        lead={t`A count that names the old key as its reporter must be settled first.`}
      >
        <div className="flex flex-wrap gap-2">
          <Button look="primary" busy={rotate.isPending} onClick={() => rotate.mutate(ids)}>
            <Trans>Yes, another key</Trans>
          </Button>
          <Button onClick={() => ask(false)}>
            <Trans>Leave it</Trans>
          </Button>
        </div>
        {rotate.isError && <Failure error={rotate.error} />}
      </Dialog>
    </Card>
  );
}

function Stop({ desk: { name, state } }: PartProps) {
  const { t } = useLingui();
  const ids = useIds();
  const { manage } = useRights();
  const [isAsked, ask] = useState(false);
  const [typed, type] = useState("");
  const stop = useCall("POST /v1/organisations/{organisation}/desks/{desk}/stop", () => ask(false));
  if (!manage || state === "stopped") return null;
  return (
    <Card
      title={t`Stop for good`}
      lead={t`Nothing more comes in; people finish what is there; the log stays. It cannot be undone.`}
    >
      <Button look="danger" onClick={() => ask(true)}>
        <CircleStop aria-hidden="true" className="size-4" />
        <Trans>Stop the desk</Trans>
      </Button>
      <Dialog open={isAsked} onClose={() => ask(false)} title={t`Stop the desk for good?`}>
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            stop.mutate(ids);
          }}
        >
          <TextField label={t`Type its name: ${name}`} value={typed} onChange={(event) => type(event.target.value)} />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="danger" busy={stop.isPending} disabled={typed.trim() !== name}>
              <Trans>Stop it</Trans>
            </Button>
            <Button onClick={() => ask(false)}>
              <Trans>Leave it</Trans>
            </Button>
          </div>
          {stop.isError && <Failure error={stop.error} />}
        </form>
      </Dialog>
    </Card>
  );
}
