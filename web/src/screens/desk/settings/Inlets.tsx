/** Doors by which a system of one's own hands in feedback, signed. The secret is shown once. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { type Output, useCall, useRows } from "../../../Node.ts";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Copy } from "../../../ui/Copy.tsx";
import { Select, TextField } from "../../../ui/Field.tsx";
import { Note } from "../../../ui/Note.tsx";
import { Empty, Failure, Loading } from "../../../ui/Waiting.tsx";
import { When } from "../../../ui/When.tsx";
import { useIds } from "../Desk.ts";
import type { PartProps } from "./Settings.tsx";

const LIST = "GET /v1/organisations/{organisation}/desks/{desk}/inlets";
type Inlet = Output<typeof LIST>["items"][number];

function useSchemes(): Record<Inlet["scheme"], string> {
  const { t } = useLingui();
  return { standard: t`Standard Webhooks`, github: t`GitHub (X-Hub-Signature-256)` };
}

export function Inlets({ desk: { state } }: PartProps) {
  const { t } = useLingui();
  const { rows, error, again } = useRows(LIST, useIds());
  return (
    <>
      {state !== "stopped" && <Make />}
      {error !== null && <Failure error={error} again={again} />}
      {rows === undefined && error === null && <Loading />}
      {rows?.length === 0 && (
        <Empty title={t`No address yet`}>
          <Trans>A system of yours sends feedback to such an address as it comes. What is not signed is refused.</Trans>
        </Empty>
      )}
      {rows?.map((inlet) => (
        <One key={inlet.id} inlet={inlet} />
      ))}
    </>
  );
}

function Make() {
  const { t } = useLingui();
  const ids = useIds();
  const schemes = useSchemes();
  const [name, setName] = useState("");
  const [scheme, setScheme] = useState<Inlet["scheme"]>("standard");
  const make = useCall("POST /v1/organisations/{organisation}/desks/{desk}/inlets", () => setName(""));
  const send = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ ...ids, name: name.trim(), scheme });
  };
  return (
    <Card title={t`New address`} lead={t`For a form on your site, a help desk, a repository.`}>
      <form onSubmit={send} className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]">
        <TextField
          label={t`Name`}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={200}
          required
        />
        <Select
          label={t`How it signs`}
          value={scheme}
          onChange={(event) => setScheme(event.target.value as Inlet["scheme"])}
        >
          <option value="standard">{schemes.standard}</option>
          <option value="github">{schemes.github}</option>
        </Select>
        <Button type="submit" look="primary" busy={make.isPending}>
          <Trans>Open the address</Trans>
        </Button>
      </form>
      <div aria-live="polite" className="mt-3">
        {make.isError && <Failure error={make.error} />}
        {make.data && (
          <Note tone="good" title={t`The secret, now and never again`}>
            <div className="mt-1 grid gap-1">
              <Copy text={make.data.secret} label={t`Copy the secret`} />
              <p>
                <Trans>Your system signs each delivery with it.</Trans>
              </p>
            </div>
          </Note>
        )}
      </div>
    </Card>
  );
}

function One({ inlet: { id: inlet, name, scheme, url, lastAt } }: { inlet: Inlet }) {
  const { t } = useLingui();
  const ids = useIds();
  const schemes = useSchemes();
  const remove = useCall("DELETE /v1/organisations/{organisation}/desks/{desk}/inlets/{inlet}");
  return (
    <Card title={name} lead={schemes[scheme]}>
      <div className="grid gap-3">
        <Copy text={url} label={t`Copy the address of ${name}`} />
        <p className="text-sm text-muted">
          {lastAt === undefined ? (
            <Trans>Nothing has come yet.</Trans>
          ) : (
            <Trans>
              Last delivery: <When at={lastAt} />
            </Trans>
          )}
        </p>
        {remove.isError && <Failure error={remove.error} />}
        <div>
          <Button
            look="danger"
            aria-label={t`Close ${name}`}
            busy={remove.isPending}
            onClick={() => remove.mutate({ ...ids, inlet })}
          >
            <Trans>Close</Trans>
          </Button>
        </div>
      </div>
    </Card>
  );
}
