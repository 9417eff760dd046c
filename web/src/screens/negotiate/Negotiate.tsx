/** Versions and what they change, what is said about them, and who is invited to take part. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type Full, isOpen, sideOf, useAgreement } from "../../agreement/useAgreement.ts";
import { ButtonLink } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { Shown } from "../../ui/Waiting.tsx";
import { Comments } from "./Comments.tsx";
import { Invitations } from "./Invitations.tsx";
import { Versions } from "./Versions.tsx";

export function Negotiate() {
  const { t } = useLingui();
  const answer = useAgreement();
  return (
    <Page
      title={t`Versions and comments`}
      lead={<Trans>What was changed by whom, what follows from it, and what is still talked about.</Trans>}
      actions={answer.data && isOpen(answer.data) && <Edit agreement={answer.data} />}
    >
      <Shown answer={answer}>{(agreement) => <Parts key={agreement.id} agreement={agreement} />}</Shown>
    </Page>
  );
}

function Edit({ agreement }: { agreement: Full }) {
  return (
    <ButtonLink look="primary" to="/agreements/$agreement/draft" params={{ agreement: agreement.id }}>
      <Trans>Edit the draft</Trans>
    </ButtonLink>
  );
}

/** Statuses after which nobody can be invited any more. */
const OVER = new Set(["closed", "revoked", "replaced", "withdrawn"]);

function Parts({ agreement }: { agreement: Full }) {
  const side = sideOf(agreement);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5 lg:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
      <Versions agreement={agreement} />
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-5">
        {side && !OVER.has(agreement.status) && <Invitations agreement={agreement} />}
        <Comments agreement={agreement} />
      </div>
    </div>
  );
}
