/** Certificates of one's own: brought as their issuers signed them. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { client, refresh, useAsk, useCall } from "../../Node.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Drop } from "../../ui/Drop.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure, Shown } from "../../ui/Waiting.tsx";
import { attestationOf } from "./Attested.ts";
import { Certificates } from "./Certificates.tsx";
import type { OwnProps } from "./Own.tsx";

export function OwnCertificates({ organisation: { id }, disabled }: OwnProps) {
  const { t } = useLingui();
  const answer = useAsk("GET /v1/organisations/{organisation}/attestations", { organisation: id });
  const remove = useCall("DELETE /v1/organisations/{organisation}/attestations/{attestation}");
  return (
    <>
      {!disabled && <Bring organisation={id} />}
      <Card title={t`Certificates`} lead={t`Signed by their issuers; each can expire or be taken back.`}>
        {remove.isError && <Failure error={remove.error} />}
        <Shown answer={answer}>
          {({ items }) => (
            <Certificates
              attestations={items}
              {...(disabled
                ? {}
                : {
                    actionsOf: ({ id: attestation }) => (
                      <div>
                        <Button
                          look="quiet"
                          busy={remove.isPending}
                          onClick={() => remove.mutate({ organisation: id, attestation })}
                        >
                          <Trans>Remove from the profile</Trans>
                        </Button>
                      </div>
                    ),
                  })}
            />
          )}
        </Shown>
      </Card>
    </>
  );
}

function Bring({ organisation }: { organisation: string }) {
  const { t } = useLingui();
  const take = useMutation({
    async mutationFn(file: File) {
      const attestation = attestationOf(await file.text());
      if (!attestation) return false;
      await client().call("POST /v1/organisations/{organisation}/attestations", { organisation, ...attestation });
      refresh();
      return true;
    },
  });
  return (
    <Card
      title={t`Bring a certificate`}
      lead={t`The issuer signs, with its own key, that this organisation holds it; you bring the file that it gives you.`}
    >
      <div className="grid gap-3">
        <p className="text-sm">
          <Trans>What it signs names the holder:</Trans> <code className="break-all">{organisation}</code>
        </p>
        <Drop
          accept=".json,application/json"
          label={t`Drop a certificate here (.json)`}
          hint={t`With what, issuer, from, until and signature. A forged one is refused.`}
          disabled={take.isPending}
          take={(file) => take.mutate(file)}
        />
        <div aria-live="polite">
          {take.isError && <Failure error={take.error} />}
          {take.data === false && (
            <Note tone="bad" role="alert" title={t`That is no certificate`}>
              <Trans>A JSON file with what, issuer, from, until and signature is wanted.</Trans>
            </Note>
          )}
          {take.data === true && <Note tone="good" title={t`It is in the profile`} />}
        </div>
      </div>
    </Card>
  );
}
