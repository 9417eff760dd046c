/** An agreement that is not on the ledger yet, or never will be: how far it is, and the one next thing. */
import { useLingui } from "@lingui/react/macro";
import type { LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { sideOf } from "../../agreement/useAgreement.ts";
import type { Agreement } from "../../agreement/useStanding.ts";
import { ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Page } from "../../ui/Page.tsx";

type Next = { to: NonNullable<LinkProps["to"]>; title: ReactNode; lead: ReactNode; name: ReactNode };

export function Before({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui();
  const next = useNext(agreement);
  const others = useOthers();
  return (
    <Page title={t`Where it stands`} lead={t`Nothing is on the ledger, and no money is held.`} width="text">
      <Card title={next.title} lead={next.lead}>
        <ButtonLink look="primary" to={next.to} params={{ agreement: agreement.id }}>
          {next.name}
        </ButtonLink>
      </Card>
      <Card title={t`Before anybody signs`} tone="sunken">
        <ul className="grid gap-2">
          {others.map(({ to, name, lead }) => (
            <li key={to} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
              <ButtonLink to={to} params={{ agreement: agreement.id }}>
                {name}
              </ButtonLink>
              <span className="text-muted">{lead}</span>
            </li>
          ))}
        </ul>
      </Card>
    </Page>
  );
}

function useOthers() {
  const { t } = useLingui();
  return [
    {
      to: "/agreements/$agreement/endings",
      name: t`Endings`,
      lead: t`Every way in which it can end, and what each brings.`,
    },
    { to: "/agreements/$agreement/versions", name: t`Versions`, lead: t`What changed, and what others said about it.` },
  ] as const;
}

function useNext({ status, problems, seats, mine }: Agreement): Next {
  const { t } = useLingui();
  const draft = "/agreements/$agreement/draft" as const;
  const sign = "/agreements/$agreement/sign" as const;
  const side = sideOf({ mine });
  const count = problems.length;
  if (status === "withdrawn" || status === "revoked") {
    const isRevoked = status === "revoked";
    return {
      to: draft,
      title: isRevoked ? t`It was revoked and can never be opened` : t`It was given up as a draft`,
      lead: t`What was written can still be read.`,
      name: t`Read it`,
    };
  }
  if (status === "signed") {
    return {
      to: sign,
      title: t`Both have signed`,
      lead: t`Once it is opened, the money is in the escrow and the clocks start.`,
      name: side === "client" ? t`Open and fund it` : t`Open it`,
    };
  }
  if (count > 0) {
    return {
      to: draft,
      title: t`The draft has gaps: ${count}`,
      lead: t`Each is named where it is, with what would fill it.`,
      name: t`Fill the gaps`,
    };
  }
  const isAlone = !(seats.some(({ role }) => role === "client") && seats.some(({ role }) => role === "provider"));
  if (isAlone) {
    return {
      to: "/agreements/$agreement/versions",
      title: t`The other side is not here yet`,
      lead: t`Send them a link. They can read everything before they sign up.`,
      name: t`Invite the other side`,
    };
  }
  return {
    to: sign,
    title: status === "offered" ? t`One side has signed` : t`Complete, and ready to be signed`,
    lead: t`Read once more what is promised, and what can then go wrong.`,
    name: side ? t`Look and sign` : t`Look at the signatures`,
  };
}
