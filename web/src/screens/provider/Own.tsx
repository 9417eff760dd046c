/** The profile of the one acted for: what it offers, its cases, its certificates and proofs. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useSearch } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { ProblemError } from "../../../../src/api/client.ts";
import { useAsk } from "../../Node.ts";
import { type Organisation, useSession } from "../../Session.tsx";
import { ButtonLink } from "../../ui/Button.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Failure, Loading } from "../../ui/Waiting.tsx";
import { OwnCases } from "./OwnCases.tsx";
import { OwnCertificates } from "./OwnCertificates.tsx";
import { OwnProfile } from "./OwnProfile.tsx";
import { OwnProofs } from "./OwnProofs.tsx";
import type { Profile } from "./ProviderPage.tsx";

export type OwnProps = {
  organisation: Organisation;
  /** Absent: there is none yet. */
  profile: Profile | undefined;
  disabled: boolean;
};

const PARTS = ["offer", "cases", "certificates", "proofs"] as const;
type Part = (typeof PARTS)[number];
const VIEWS: Record<Part, ComponentType<OwnProps>> = {
  offer: OwnProfile,
  cases: OwnCases,
  certificates: OwnCertificates,
  proofs: OwnProofs,
};

export function Own() {
  const { organisation } = useSession();
  return organisation ? <Of key={organisation.id} organisation={organisation} /> : <Loading />;
}

function Of({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui();
  const { part = "offer" } = useSearch({ strict: false }) as { part?: Part };
  const { data, error, refetch } = useAsk("GET /v1/providers/{provider}", { provider: organisation.id });
  const isNone = error instanceof ProblemError && error.status === 404;
  const profile = data?.provider === organisation.id ? data : undefined;
  const View = VIEWS[part] ?? OwnProfile;
  const disabled = organisation.role === "auditor";
  return (
    <Page
      title={t`Provider profile`}
      lead={
        <Trans>
          What <bdi>{organisation.name}</bdi> offers. Who looks for it finds you; nobody pays to be found.
        </Trans>
      }
      actions={
        profile && (
          <ButtonLink to="/providers/$provider" params={{ provider: profile.provider }}>
            <Trans>See it as others do</Trans>
          </ButtonLink>
        )
      }
    >
      <Parts part={part} />
      {disabled && (
        <Note tone="warn">
          <Trans>You can look at it; to change it, ask an owner for another role.</Trans>
        </Note>
      )}
      {profile === undefined && !isNone ? (
        error ? (
          <Failure error={error} again={() => void refetch()} />
        ) : (
          <Loading rows={5} />
        )
      ) : part !== "offer" && profile === undefined ? (
        <Note
          title={t`First say what you offer`}
          actions={
            <ButtonLink to="/profile" look="primary">
              <Trans>Begin</Trans>
            </ButtonLink>
          }
        >
          <Trans>Cases, certificates and proofs belong to a profile.</Trans>
        </Note>
      ) : (
        <View organisation={organisation} profile={profile} disabled={disabled} />
      )}
    </Page>
  );
}

function Parts({ part }: { part: Part }) {
  const { t } = useLingui();
  const names: Record<Part, string> = {
    offer: t`Offer and calendar`,
    cases: t`Cases`,
    certificates: t`Certificates`,
    proofs: t`Proven accounts`,
  };
  return (
    <nav aria-label={t`Parts of the profile`} className="flex flex-wrap gap-1 border-b border-line">
      {PARTS.map((one) => (
        <Link
          key={one}
          to="/profile"
          search={{ part: one }}
          aria-current={one === part ? "page" : undefined}
          className="-mb-px min-h-10 border-b-2 border-transparent px-3 py-2 text-sm text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-accent"
        >
          {names[one]}
        </Link>
      ))}
    </nav>
  );
}
