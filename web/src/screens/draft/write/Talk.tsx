/** What is said about a field, or about the whole, and a way to say more. Text of others is shown as text. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useFieldName } from "../../../agreement/FieldName.tsx";
import { useKept } from "../../../Kept.ts";
import { useCall } from "../../../Node.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { TextArea } from "../../../ui/Field.tsx";
import { Failure } from "../../../ui/Waiting.tsx";
import { When } from "../../../ui/When.tsx";
import type { Comment } from "./Context.ts";

type Props = {
  agreement: string;
  version: number;
  /** Absent: none is open. */
  field: string | undefined;
  comments: readonly Comment[];
  close: () => void;
};

export function Talk({ agreement, version, field, comments, close }: Props) {
  const { t } = useLingui();
  const nameOf = useFieldName();
  const own = comments.filter((one) => one.field === field);
  return (
    <Dialog open={field !== undefined} onClose={close} title={nameOf(field ?? "")} lead={t`Seen by both sides.`}>
      <div className="grid gap-4">
        <Thread agreement={agreement} comments={own} />
        {field !== undefined && <Say key={field} agreement={agreement} version={version} field={field} />}
      </div>
    </Dialog>
  );
}

export function Thread({ agreement, comments }: { agreement: string; comments: readonly Comment[] }) {
  return (
    <ul className="grid gap-3">
      {comments.map((comment) => (
        <Said key={comment.id} agreement={agreement} comment={comment} />
      ))}
    </ul>
  );
}

function Said({ agreement, comment }: { agreement: string; comment: Comment }) {
  const { id, text, by, createdAt, resolvedAt, version } = comment;
  const resolve = useCall("POST /v1/agreements/{agreement}/comments/{comment}/resolve");
  return (
    <li className={`rounded-lg border border-line p-3 text-sm ${resolvedAt === undefined ? "" : "opacity-70"}`}>
      <p className="text-xs text-muted">
        <span className="font-medium text-ink">{by.name}</span> · <When at={createdAt} /> ·{" "}
        <Trans>version {version}</Trans>
      </p>
      <p className="mt-1 whitespace-pre-wrap">{text}</p>
      {resolve.isError && <Failure error={resolve.error} />}
      {resolvedAt === undefined ? (
        <Button look="quiet" busy={resolve.isPending} onClick={() => resolve.mutate({ agreement, comment: id })}>
          <Trans>Mark as settled</Trans>
        </Button>
      ) : (
        <p className="mt-1 text-xs text-good">
          <Trans>Settled</Trans>
        </p>
      )}
    </li>
  );
}

export function Say({ agreement, version, field }: { agreement: string; version: number; field?: string }) {
  const { t } = useLingui();
  const [text, setText, forget] = useKept(`comment.${agreement}.${field ?? ""}`, "");
  const [sent, setSent] = useState(0);
  const add = useCall("POST /v1/agreements/{agreement}/comments", () => {
    setText("");
    forget();
    setSent((count) => count + 1);
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    add.mutate({ agreement, version, text, ...(field === undefined ? {} : { field }) });
  };
  return (
    <form onSubmit={send} className="grid gap-3">
      {add.isError && <Failure error={add.error} />}
      <TextArea
        key={sent}
        label={t`Comment`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        rows={3}
        required
        maxLength={10_000}
      />
      <div>
        <Button look="primary" type="submit" busy={add.isPending}>
          <Trans>Send</Trans>
        </Button>
      </div>
    </form>
  );
}
