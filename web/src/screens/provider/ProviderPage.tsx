/** A provider as others see it: what it says of itself, what its settlements say, and which is which. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useParams } from "@tanstack/react-router";
import { useLanguage } from "../../Language.tsx";
import { type Output, useAsk } from "../../Node.ts";
import { useMe, useSession } from "../../Session.tsx";
import { amountText } from "../../ui/Amount.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Shown } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { Chips } from "../brief/Chips.tsx";
import { CalendarStrip } from "./CalendarStrip.tsx";
import { Cases } from "./Cases.tsx";
import { Certificates } from "./Certificates.tsx";
import { clockOf } from "./Hours.ts";
import { Record } from "./Record.tsx";
import * as Regions from "./Regions.ts";

export type Profile = Output<"GET /v1/providers/{provider}">;

export function ProviderPage() {
  const { provider = "" } = useParams({ strict: false });
  const answer = useAsk("GET /v1/providers/{provider}", { provider });
  return <Shown answer={answer}>{(profile) => <One key={profile.provider} profile={profile} />}</Shown>;
}

function useKind(): (kind: Profile["kind"]) => string {
  const { t } = useLingui();
  const names = { firm: t`Firm`, person: t`Person`, agent: t`Agent` };
  return (kind) => names[kind];
}

function One({ profile }: { profile: Profile }) {
  const { t } = useLingui();
  const kindOf = useKind();
  const { organisations } = useMe();
  const { provider, name, kind, about, listed, demo, proofs } = profile;
  const isOwn = organisations.some(({ id }) => id === provider);
  return (
    <Page
      title={name}
      lead={
        <span className="flex flex-wrap items-center gap-2 text-sm">
          <Badge>{kindOf(kind)}</Badge>
          {demo && (
            <Badge tone="play">
              <Trans>made up for the demonstration</Trans>
            </Badge>
          )}
          {!listed && (
            <Badge tone="warn">
              <Trans>not shown to others</Trans>
            </Badge>
          )}
        </span>
      }
      actions={
        isOwn && (
          <ButtonLink to="/profile">
            <Trans>Edit the profile</Trans>
          </ButtonLink>
        )
      }
    >
      <Record provider={provider} name={name} />
      <Cases provider={provider} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card title={t`What it says of itself`}>
          <div className="grid gap-4">
            {about !== "" && (
              <p dir="auto" className="text-sm whitespace-pre-wrap">
                {about}
              </p>
            )}
            <Said profile={profile} />
          </div>
        </Card>
        <div className="grid gap-5">
          <Card title={t`Certificates`} lead={t`Signed by their issuers; each can expire or be taken back.`}>
            <Certificates attestations={profile.attestations} />
          </Card>
          <Card title={t`Proven accounts`}>
            {proofs.length === 0 ? (
              <p className="text-sm text-muted">
                <Trans>None.</Trans>
              </p>
            ) : (
              <ul className="grid gap-2 text-sm">
                {proofs.map(({ kind: of, subject, checkedAt }) => (
                  <li key={subject}>
                    <bdi className="font-medium">{subject}</bdi>{" "}
                    <span className="text-muted">
                      {of === "git" ? <Trans>by a signed file</Trans> : <Trans>by a record of the domain</Trans>} ·{" "}
                      <When at={checkedAt} far={false} time={false} />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Card>
        </div>
      </div>
      {demo && (
        <Note tone="play">
          <Trans>Nobody stands behind this provider: it is there so that the demonstration has someone to find.</Trans>
        </Note>
      )}
    </Page>
  );
}

function Said({ profile: { skills, rate, regions, hours, free } }: { profile: Profile }) {
  const { t } = useLingui();
  const { now } = useSession();
  const { language } = useLanguage();
  const money = (amount: number) => amountText(BigInt(amount), { code: rate.currency, scale: 0 }, language);
  const offset = -new Date().getTimezoneOffset();
  const rows = [
    { name: t`Skills`, says: <Chips names={skills} /> },
    {
      name: t`A day costs`,
      says: rate.from === rate.to ? money(rate.from) : `${money(rate.from)} – ${money(rate.to)}`,
    },
    { name: t`Regions`, says: <Chips names={regions} wordsOf={Regions.wordsOf} /> },
    {
      name: t`Working day`,
      says: (
        <Trans>
          {clockOf(hours.from, offset)} to {clockOf(hours.to, offset)}, on your clock
        </Trans>
      ),
    },
    {
      name: t`Free`,
      says: <CalendarStrip free={free} today={new Date(now()).toISOString().slice(0, 10)} />,
    },
  ];
  return (
    <dl className="grid gap-3">
      {rows.map(({ name, says }) => (
        <div key={name} className="grid gap-1">
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="text-sm">{says}</dd>
        </div>
      ))}
    </dl>
  );
}
