/** A link by which one person joins an organisation. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useCall } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { SignInForm } from "../../signing/SignInForm.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Page } from "../../ui/Page.tsx";
import { Failure } from "../../ui/Waiting.tsx";

export function Membership() {
  const { t } = useLingui();
  const { token = "" } = useParams({ strict: false });
  const { me } = useSession();
  const navigate = useNavigate();
  const join = useCall("POST /v1/memberships/{token}/accept", ({ id }) => {
    void navigate({ to: "/organisations/$organisation", params: { organisation: id } });
  });
  return (
    <Page
      title={t`Join an organisation`}
      lead={<Trans>Someone who manages an organisation here gave you this link. It is good for one person.</Trans>}
      width="text"
    >
      <Card title={me ? t`Join as ${me.name}` : t`First, who are you?`}>
        {join.isError && <Failure error={join.error} />}
        {me ? (
          <Button look="primary" busy={join.isPending} onClick={() => join.mutate({ token })} more="mt-2">
            <Trans>Join</Trans>
          </Button>
        ) : (
          <SignInForm />
        )}
      </Card>
    </Page>
  );
}
