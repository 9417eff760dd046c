/** A person's own data: to take, and to be erased for good. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useSay } from "../../Language.tsx";
import { client, type Output } from "../../Node.ts";
import { useMe } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { save } from "../../ui/Download.ts";
import { TextField } from "../../ui/Field.tsx";
import { Failure } from "../../ui/Waiting.tsx";

type Erased = Output<"POST /v1/me/erase">;

export function YourData() {
  const { t } = useLingui();
  const [asks, setAsks] = useState(false);
  const take = useMutation({
    mutationFn: () => client().call("GET /v1/me/export", {}),
    onSuccess: (data) => save("my-data.json", "application/json", JSON.stringify(data, null, 2)),
  });
  return (
    <Card
      title={t`Your data`}
      lead={t`All that this node has of you, to take with you; and its erasure, which cannot be undone.`}
    >
      <div className="grid gap-3">
        <div className="flex flex-wrap gap-2">
          <Button busy={take.isPending} onClick={() => take.mutate()}>
            <Download aria-hidden="true" className="size-4" />
            <Trans>Download my data</Trans>
          </Button>
          <Button look="danger" onClick={() => setAsks(true)}>
            <Trans>Erase me…</Trans>
          </Button>
        </div>
        {take.isError && <Failure error={take.error} again={() => take.mutate()} />}
      </div>
      <Dialog open={asks} onClose={() => setAsks(false)} title={t`Erase me from this node`}>
        <Erase />
      </Dialog>
    </Card>
  );
}

function Erase() {
  const { t } = useLingui();
  const me = useMe();
  const [typed, setTyped] = useState("");
  const [done, setDone] = useState<Erased>();
  // Whoever is erased is signed out: what is shown then is not asked of the node again.
  const erase = useMutation({
    mutationFn: () => client().call("POST /v1/me/erase", { confirm: me.user }),
    onSuccess: setDone,
  });
  const { mutate } = erase;
  if (done) return <Done done={done} />;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === me.name) mutate();
  };
  return (
    <form onSubmit={send} className="grid gap-3 text-sm">
      <p>
        <Trans>
          Your name, address, sign-ins, keys, memberships and notices go at once. What proves where money went stays,
          under an id that leads to nobody; afterwards you are told what, and why.
        </Trans>
      </p>
      <TextField
        label={t`Type your name to be sure: ${me.name}`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        required
      />
      {erase.isError && <Failure error={erase.error} />}
      <Button
        type="submit"
        look="danger"
        disabled={typed.trim() !== me.name}
        busy={erase.isPending}
        more="justify-self-start"
      >
        <Trans>Erase me for good</Trans>
      </Button>
    </form>
  );
}

function Done({ done: { erased, kept } }: { done: Erased }) {
  const say = useSay();
  return (
    <div className="grid gap-3 text-sm" role="status">
      <p className="font-medium">
        <Trans>You are erased.</Trans>
      </p>
      <p>
        <Trans>Gone:</Trans> {erased.map(({ what, count }) => `${say(what)} (${count})`).join(", ")}
      </p>
      {kept.length > 0 && (
        <div>
          <Trans>Kept without your name:</Trans>
          <ul className="list-disc pl-5">
            {kept.map(({ what, why, count }) => (
              <li key={what.en}>
                {say(what)} ({count}): {say(why)}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Button look="primary" more="justify-self-start" onClick={() => location.assign("/")}>
        <Trans>Leave</Trans>
      </Button>
    </div>
  );
}
