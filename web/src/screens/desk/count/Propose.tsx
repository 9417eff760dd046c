/** A count of a period, signed by the desk's key at once; the client signs it next. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { type Input, useCall } from "../../../Node.ts";
import { useSession } from "../../../Session.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Select, TextField } from "../../../ui/Field.tsx";
import { Failure } from "../../../ui/Waiting.tsx";
import { useIds } from "../Desk.ts";
import * as Period from "./Period.ts";

const PROPOSE = "POST /v1/organisations/{organisation}/desks/{desk}/counts";
type Measure = NonNullable<Input<typeof PROPOSE>["measure"]>;

export function Propose({ agreement }: { agreement: string }) {
  const { t } = useLingui();
  const ids = useIds();
  const { now } = useSession();
  const [typed, type] = useState(() => Period.usual(now()));
  const [measure, setMeasure] = useState<Measure>("solved");
  const propose = useCall(PROPOSE);
  const period = Period.seconds(typed.from, typed.to, now());
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (period) propose.mutate({ ...ids, under: agreement, ...period, measure });
  };
  return (
    <Card
      title={t`Count a period`}
      lead={t`From the log, by the days of the desk within which a ticket that comes back is not owed.`}
    >
      <form onSubmit={send} className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1.5fr_auto]">
        <TextField
          label={t`From`}
          type="date"
          required
          value={typed.from}
          onChange={({ target }) => type({ ...typed, from: target.value })}
        />
        <TextField
          label={t`To the end of`}
          type="date"
          required
          value={typed.to}
          error={period === undefined ? t`After the first day, and begun.` : ""}
          onChange={({ target }) => type({ ...typed, to: target.value })}
        />
        <Select
          label={t`What is counted`}
          value={measure}
          onChange={({ target }) => setMeasure(target.value as Measure)}
        >
          <option value="solved">{t`Tickets that stayed solved`}</option>
          <option value="level">{t`Answers of people in time, in hundredths of a percent`}</option>
        </Select>
        <Button type="submit" look="primary" busy={propose.isPending} disabled={period === undefined}>
          <Trans>Count and sign</Trans>
        </Button>
      </form>
      <p role="status" className="mt-2 text-sm text-good">
        {propose.isSuccess && <Trans>Counted and signed by the desk's key. It waits for the client below.</Trans>}
      </p>
      {propose.isError && <Failure error={propose.error} />}
    </Card>
  );
}
