import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useSay } from "../../Language.tsx";
import { type Output, useCall, useRows } from "../../Node.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Copy } from "../../ui/Copy.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { Empty, Failure, Loading } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import type { PartProps } from "./Organisation.tsx";

type Webhook = Output<"GET /v1/organisations/{organisation}/webhooks">["items"][number];
type Delivery = Output<"GET /v1/organisations/{organisation}/webhooks/{webhook}/deliveries">["items"][number];

export function Webhooks({ organisation: { id: organisation } }: PartProps) {
  const { t } = useLingui();
  const { rows, error, again } = useRows("GET /v1/organisations/{organisation}/webhooks", { organisation });
  return (
    <>
      <Make organisation={organisation} />
      {error !== null && <Failure error={error} again={again} />}
      {rows === undefined && error === null && <Loading />}
      {rows?.length === 0 && (
        <Empty title={t`No webhook yet`}>
          <Trans>A webhook tells an address of yours what happens, signed, as it happens.</Trans>
        </Empty>
      )}
      {rows?.map((webhook) => (
        <One key={webhook.id} organisation={organisation} webhook={webhook} />
      ))}
    </>
  );
}

function Make({ organisation }: { organisation: string }) {
  const { t } = useLingui();
  const [url, setUrl] = useState("");
  const make = useCall("POST /v1/organisations/{organisation}/webhooks", () => setUrl(""));
  const send = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ organisation, url: url.trim() });
  };
  return (
    <Card title={t`New webhook`} lead={t`Everything that happens in the organisation's agreements is sent there.`}>
      <form onSubmit={send} className="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
        <TextField
          label={t`Address`}
          placeholder="https://example.org/commenda"
          type="url"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          maxLength={2000}
          required
        />
        <Button type="submit" look="primary" busy={make.isPending}>
          <Trans>Add</Trans>
        </Button>
      </form>
      <div aria-live="polite" className="mt-3">
        {make.isError && <Failure error={make.error} />}
        {make.data && <Secret secret={make.data.secret} />}
      </div>
    </Card>
  );
}

function Secret({ secret }: { secret: string }) {
  const { t } = useLingui();
  return (
    <Note tone="good" title={t`The secret, now and never again`}>
      <div className="mt-1 grid gap-1">
        <Copy text={secret} label={t`Copy the secret`} />
        <p>
          <Trans>Check the signature of each delivery with it (Standard Webhooks).</Trans>
        </p>
      </div>
    </Note>
  );
}

function One({
  organisation,
  webhook: { id: webhook, url, active, paused, kinds },
}: {
  organisation: string;
  webhook: Webhook;
}) {
  const { t } = useLingui();
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const ids = { organisation, webhook };
  const change = useCall("PATCH /v1/organisations/{organisation}/webhooks/{webhook}");
  const rotate = useCall("POST /v1/organisations/{organisation}/webhooks/{webhook}/rotate");
  const remove = useCall("DELETE /v1/organisations/{organisation}/webhooks/{webhook}");
  const error = change.error ?? rotate.error ?? remove.error;
  return (
    <Card
      title={<span className="break-all">{url}</span>}
      lead={kinds.length === 0 ? t`Everything` : kinds.join(", ")}
      actions={<Badge tone={active ? "good" : "warn"}>{active ? t`on` : t`off`}</Badge>}
    >
      <div className="grid gap-3">
        {paused && <Note tone="warn">{say(paused)}</Note>}
        {error !== null && <Failure error={error} />}
        {rotate.data && <Secret secret={rotate.data.secret} />}
        <div className="flex flex-wrap gap-2">
          <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <Trans>Deliveries</Trans>
          </Button>
          <Button busy={change.isPending} onClick={() => change.mutate({ ...ids, active: !active })}>
            {active ? t`Switch off` : t`Switch on`}
          </Button>
          <Button busy={rotate.isPending} onClick={() => rotate.mutate(ids)}>
            <Trans>New secret</Trans>
          </Button>
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate(ids)}>
            <Trans>Remove</Trans>
          </Button>
        </div>
        {isOpen && <Deliveries {...ids} />}
      </div>
    </Card>
  );
}

function Deliveries(ids: { organisation: string; webhook: string }) {
  const { t } = useLingui();
  const list = useRows("GET /v1/organisations/{organisation}/webhooks/{webhook}/deliveries", ids);
  const replay = useCall("POST /v1/organisations/{organisation}/webhooks/{webhook}/deliveries/{delivery}/replay");
  const states: Record<Delivery["state"], string> = {
    waiting: t`waiting`,
    delivered: t`delivered`,
    failed: t`failed`,
  };
  return (
    <>
      {replay.isError && <Failure error={replay.error} />}
      <Rows
        caption={t`Deliveries, newest first`}
        {...list}
        keyOf={({ id }) => id}
        empty={<Empty title={t`Nothing was sent yet`} />}
        columns={[
          { name: t`When`, cell: ({ createdAt }) => <When at={createdAt} far={false} /> },
          { name: t`What`, cell: ({ kind }) => <code>{kind}</code> },
          {
            name: t`State`,
            cell: ({ state }) => (
              <Badge tone={state === "delivered" ? "good" : state === "failed" ? "bad" : "plain"}>
                {states[state]}
              </Badge>
            ),
          },
          { name: t`Answer`, cell: ({ answer, attempts }) => answer ?? t`${attempts} attempts` },
          {
            name: t`Actions`,
            cell: ({ id: delivery }) => (
              <Button
                look="quiet"
                busy={replay.isPending && replay.variables.delivery === delivery}
                onClick={() => replay.mutate({ ...ids, delivery })}
              >
                <Trans>Send again</Trans>
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}
