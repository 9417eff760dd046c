/** The passkeys by which this person comes in and signs. A second one is the way back when a device is lost. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Fingerprint } from "lucide-react";
import { queries } from "../../Node.ts";
import { useMe } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure, Shown } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";

const KEY = ["passkeys"];

export function Passkeys() {
  const { t } = useLingui();
  const { name } = useMe();
  const answer = useQuery({ queryKey: KEY, queryFn: async () => (await import("../../signing/SignIn.ts")).passkeys() });
  const again = () => queries.invalidateQueries({ queryKey: KEY });
  const add = useMutation({
    mutationFn: async () =>
      (await import("../../signing/SignIn.ts")).registerPasskey(name, navigator.platform || "passkey"),
    onSuccess: again,
  });
  const remove = useMutation({
    mutationFn: async (id: string) => (await import("../../signing/SignIn.ts")).removePasskey(id),
    onSuccess: again,
  });
  const wasClosed = add.error instanceof Error && add.error.name === "NotAllowedError";
  return (
    <Card
      title={t`Passkeys`}
      lead={t`You come in and sign by them. Have a second one on another device, for when the first is lost.`}
      actions={
        <Button busy={add.isPending} onClick={() => add.mutate()}>
          <Fingerprint aria-hidden="true" className="size-4" />
          <Trans>Add a passkey</Trans>
        </Button>
      }
    >
      <div className="grid gap-3">
        {wasClosed && <Note tone="warn" role="alert" title={t`The passkey was not made. Try again.`} />}
        {add.isError && !wasClosed && <Failure error={add.error} />}
        {remove.isError && <Failure error={remove.error} />}
        <Shown answer={answer} rows={1}>
          {(rows) =>
            rows.length === 0 ? (
              <p className="text-sm text-muted">
                <Trans>You have none here: you came in another way.</Trans>
              </p>
            ) : (
              <ul className="divide-y divide-line">
                {rows.map(({ id, name: device, createdAt }) => (
                  <li key={id} className="flex flex-wrap items-center justify-between gap-2 py-2">
                    <span>
                      {device}
                      <span className="block text-sm text-muted">
                        <Trans>
                          since <When at={createdAt} far={false} />
                        </Trans>
                      </span>
                    </span>
                    <Button
                      look="danger"
                      aria-label={t`Remove ${device}`}
                      busy={remove.isPending && remove.variables === id}
                      onClick={() => remove.mutate(id)}
                    >
                      <Trans>Remove</Trans>
                    </Button>
                  </li>
                ))}
              </ul>
            )
          }
        </Shown>
      </div>
    </Card>
  );
}
