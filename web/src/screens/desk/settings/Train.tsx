/** A new model from what is there now. It works only if the frozen set says that it is no worse. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useCall } from "../../../Node.ts";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Check } from "../../../ui/Field.tsx";
import { Failure } from "../../../ui/Waiting.tsx";
import { useIds } from "../Desk.ts";

export function Train() {
  const { t } = useLingui();
  const ids = useIds();
  const [starter, setStarter] = useState(true);
  const train = useCall("POST /v1/organisations/{organisation}/desks/{desk}/models");
  return (
    <Card
      title={t`Train a new model`}
      lead={t`From the examples and from what people corrected. The frozen set decides whether it goes to work.`}
    >
      <div className="grid gap-3">
        <Check
          label={t`Keep the starter intents beside your own`}
          checked={starter}
          onChange={(event) => setStarter(event.target.checked)}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button look="primary" busy={train.isPending} onClick={() => train.mutate({ ...ids, starter })}>
            <Trans>Train</Trans>
          </Button>
          <p role="status" className="text-sm text-muted">
            {train.isSuccess && <Trans>It learns. The result appears below by itself.</Trans>}
          </p>
        </div>
        {train.isError && <Failure error={train.error} />}
      </div>
    </Card>
  );
}
