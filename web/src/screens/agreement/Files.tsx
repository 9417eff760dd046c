/** Files behind deliveries and reasons: who brought them, who may read them, and how to take them back. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Agreement } from "../../agreement/useStanding.ts";
import { type Output, useCall, useRows } from "../../Node.ts";
import { useMe } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Check } from "../../ui/Field.tsx";
import { Empty, Failure, Loading } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { useSize } from "./act/useSize.ts";

export type File = Output<"GET /v1/agreements/{agreement}/evidence">["items"][number];

export function Files({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui();
  const { rows, error, again, more, isMore } = useRows("GET /v1/agreements/{agreement}/evidence", {
    agreement: agreement.id,
    limit: 50,
  });
  return (
    <Card
      title={t`Files`}
      lead={t`Kept by this node for those who may read them. On the ledger only their fingerprints stand.`}
    >
      {rows === undefined ? (
        error ? (
          <Failure error={error} again={again} />
        ) : (
          <Loading />
        )
      ) : rows.length === 0 ? (
        <Empty title={t`No files yet`}>
          <Trans>They come with a delivery, or with the reasons of a rejection.</Trans>
        </Empty>
      ) : (
        <FileList files={rows} agreement={agreement} />
      )}
      {more && (
        <Button onClick={more} busy={isMore} more="mt-3">
          <Trans>Show more</Trans>
        </Button>
      )}
    </Card>
  );
}

export function FileList({ files, agreement }: { files: readonly File[]; agreement: Agreement }) {
  return (
    <ul className="grid gap-3">
      {files.map((file) => (
        <One key={file.id} file={file} agreement={agreement} />
      ))}
    </ul>
  );
}

function One({ file, agreement }: { file: File; agreement: Agreement }) {
  const { t } = useLingui();
  const me = useMe();
  const size = useSize();
  const [asks, ask] = useState<"readers" | "erase">();
  const { id, name, complete, erased, by, createdAt, readers, contentHash } = file;
  const isMine = by.user === me.user || me.organisations.some((one) => one.id === by.organisation);
  const seatNames = agreement.seats
    .filter(({ organisation }) => readers?.includes(organisation))
    .map((seat) => seat.name);
  return (
    <li className="grid gap-1 border-b border-line pb-3 text-sm last:border-0 last:pb-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        {erased ? (
          <span className="text-muted italic">
            <Trans>Erased</Trans>
          </span>
        ) : complete ? (
          <a href={`/v1/downloads/${agreement.id}/${id}`} download className="font-medium text-accent underline">
            {name}
          </a>
        ) : (
          <span>
            {name} · <Trans>not uploaded in full yet</Trans>
          </span>
        )}
        <span className="text-muted">{size(file.size)}</span>
      </div>
      <p className="text-xs text-muted">
        {by.name === "" ? <Trans>this node</Trans> : by.name} · <When at={createdAt} far={false} /> ·{" "}
        {readers === undefined ? (
          <Trans>all who have a seat may read it</Trans>
        ) : (
          <Trans>read by: {seatNames.join(", ")}</Trans>
        )}
      </p>
      {contentHash !== undefined && (
        <details className="text-xs text-muted">
          <summary className="inline-flex min-h-6 items-center">
            <Trans>Fingerprint</Trans>
          </summary>
          <code className="break-all">{contentHash}</code>
        </details>
      )}
      {isMine && !erased && (
        <div className="no-print flex flex-wrap gap-1">
          <Button look="quiet" onClick={() => ask("readers")} aria-label={t`Who may read it: ${name}`}>
            <Trans>Who may read it</Trans>
          </Button>
          <Button look="quiet" onClick={() => ask("erase")} aria-label={t`Erase ${name}`}>
            <Trans>Erase</Trans>
          </Button>
        </div>
      )}
      <Dialog open={asks === "readers"} onClose={() => ask(undefined)} title={t`Who may read ${name}`}>
        <Readers file={file} agreement={agreement} onDone={() => ask(undefined)} />
      </Dialog>
      <Dialog open={asks === "erase"} onClose={() => ask(undefined)} title={t`Erase ${name}?`}>
        <Erase file={file} agreement={agreement} onDone={() => ask(undefined)} />
      </Dialog>
    </li>
  );
}

type Asks = { file: File; agreement: Agreement; onDone: () => void };

function Readers({ file, agreement, onDone }: Asks) {
  const { t } = useLingui();
  const [chosen, choose] = useState<readonly string[] | null>(file.readers ?? null);
  const share = useCall("PUT /v1/agreements/{agreement}/evidence/{evidence}/readers", onDone);
  const seats = [...new Map(agreement.seats.map((seat) => [seat.organisation, seat])).values()];
  return (
    <div className="grid gap-3">
      {share.isError && <Failure error={share.error} />}
      <Check
        label={t`All who have a seat, also those who come later`}
        checked={chosen === null}
        onChange={({ target }) => choose(target.checked ? null : seats.map(({ organisation }) => organisation))}
      />
      {chosen !== null &&
        seats.map(({ organisation, name }) => (
          <Check
            key={organisation}
            label={name}
            checked={chosen.includes(organisation)}
            onChange={({ target }) =>
              choose(target.checked ? [...chosen, organisation] : chosen.filter((one) => one !== organisation))
            }
          />
        ))}
      <p className="text-xs text-muted">
        <Trans>Who has downloaded it keeps it.</Trans>
      </p>
      <Button
        look="primary"
        busy={share.isPending}
        onClick={() =>
          share.mutate({ agreement: agreement.id, evidence: file.id, readers: chosen === null ? null : [...chosen] })
        }
      >
        <Trans>Save</Trans>
      </Button>
    </div>
  );
}

function Erase({ file, agreement, onDone }: Asks) {
  const erase = useCall("DELETE /v1/agreements/{agreement}/evidence/{evidence}", onDone);
  return (
    <div className="grid gap-3">
      {erase.isError && <Failure error={erase.error} />}
      <p className="text-sm">
        <Trans>
          Its bytes, its name and its salt are gone for ever. The fingerprint on the ledger stays, and says nothing
          without them. As evidence it is then worth nothing.
        </Trans>
      </p>
      <Button
        look="danger"
        busy={erase.isPending}
        onClick={() => erase.mutate({ agreement: agreement.id, evidence: file.id })}
      >
        <Trans>Erase it</Trans>
      </Button>
    </div>
  );
}
