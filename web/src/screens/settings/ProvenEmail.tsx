/** The link from the mail: proves that the address is this person's. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useParams } from "@tanstack/react-router";
import { useCall } from "../../Node.ts";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Failure } from "../../ui/Waiting.tsx";

export function ProvenEmail() {
  const { t } = useLingui();
  const { token = "" } = useParams({ strict: false });
  const confirm = useCall("POST /v1/me/email/confirm");
  return (
    <Page title={t`Your e-mail address`} width="text">
      <Card>
        {confirm.isSuccess ? (
          <Note
            tone="good"
            role="status"
            title={t`The address is proven`}
            actions={
              <ButtonLink to="/settings">
                <Trans>To my profile</Trans>
              </ButtonLink>
            }
          >
            <Trans>Notices now reach you there. You can switch them off in your profile.</Trans>
          </Note>
        ) : (
          <div className="grid justify-items-start gap-3">
            <p>
              <Trans>You asked for this link to prove that the address is yours.</Trans>
            </p>
            {confirm.isError && <Failure error={confirm.error} />}
            <Button look="primary" busy={confirm.isPending} onClick={() => confirm.mutate({ token })}>
              <Trans>It is mine</Trans>
            </Button>
          </div>
        )}
      </Card>
    </Page>
  );
}
