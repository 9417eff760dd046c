/** Makes a link. It is shown here and never again: the node keeps only its hash. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { type Full, isOpen } from "../../agreement/useAgreement.ts";
import { useCall } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { Copy } from "../../ui/Copy.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Check, Select, TextField } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { type Role, useRoleName } from "./Invitations.tsx";

type Props = { agreement: Full; open: boolean; close: () => void };

export function Invite({ agreement, open, close }: Props) {
  const { t } = useLingui();
  return (
    <Dialog open={open} onClose={close} title={t`Invite to this agreement`}>
      <Form agreement={agreement} />
    </Dialog>
  );
}

/** Seats that are still free: a party's seat is taken once. */
function freeRoles({ seats }: Full): readonly Role[] {
  const taken = new Set(seats.map(({ role }) => role));
  const sides = (["client", "provider"] as const).filter((role) => !taken.has(role));
  return [...sides, "reader", "arbitrator", "reporter"];
}

function Form({ agreement }: { agreement: Full }) {
  const { t } = useLingui();
  const { now } = useSession();
  const roles = useRoleName();
  const free = freeRoles(agreement);
  const [role, setRole] = useState<Role>(free[0] ?? "reader");
  const [email, setEmail] = useState("");
  const [days, setDays] = useState(14);
  const [preview, setPreview] = useState(true);
  const make = useCall("POST /v1/agreements/{agreement}/invitations");
  const send = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ agreement: agreement.id, role, days, preview, ...(email === "" ? {} : { email }) });
  };
  if (make.data) {
    const { url, expiresAt } = make.data;
    return (
      <div className="grid gap-3">
        <Note tone="good" role="status" title={t`The link is made`}>
          <Trans>Copy it now: it is not shown again. Whoever has it can take the seat once.</Trans>
        </Note>
        <Copy text={url} label={t`Copy the link`} />
        <p className="text-sm text-muted">
          <Trans>
            For: {roles[role]}. Good until <When at={expiresAt} now={now()} />.
          </Trans>
        </p>
      </div>
    );
  }
  return (
    <form onSubmit={send} className="grid gap-3">
      {make.isError && <Failure error={make.error} />}
      {agreement.problems.length > 0 && isOpen(agreement) && (
        <Note>
          <Trans>The draft is not complete yet. That is fine: the other side can help to fill it in.</Trans>
        </Note>
      )}
      <Select
        label={t`As what?`}
        value={role}
        onChange={(event) => setRole(free.find((one) => one === event.target.value) ?? role)}
      >
        {free.map((one) => (
          <option key={one} value={one}>
            {roles[one]}
          </option>
        ))}
      </Select>
      <TextField
        label={t`E-mail`}
        optional={t`(may be left out)`}
        type="email"
        value={email}
        maxLength={254}
        onChange={(event) => setEmail(event.target.value)}
        hint={t`Of whom it is for, kept with the link. You send the link yourself, by any message.`}
      />
      <Select label={t`Good for`} value={days} onChange={(event) => setDays(Number(event.target.value))}>
        {[3, 7, 14, 30, 90].map((count) => (
          <option key={count} value={count}>
            {t`${count} days`}
          </option>
        ))}
      </Select>
      <Check
        label={t`The terms may be read before signing in`}
        hint={t`By whoever has the link.`}
        checked={preview}
        onChange={(event) => setPreview(event.target.checked)}
      />
      <div>
        <Button look="primary" type="submit" busy={make.isPending}>
          <Trans>Make the link</Trans>
        </Button>
      </div>
    </form>
  );
}
