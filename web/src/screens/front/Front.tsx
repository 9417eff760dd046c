/** The front door: what this is in one sentence, and the ways in. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Navigate, useNavigate } from "@tanstack/react-router";
import { useSession } from "../../Session.tsx";
import { SignInForm } from "../../signing/SignInForm.tsx";
import { ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { OpenInvitation } from "./OpenInvitation.tsx";
import { Picture } from "./Picture.tsx";

export function Front() {
  const { me } = useSession();
  const { t } = useLingui();
  const navigate = useNavigate();
  if (me) return <Navigate to="/home" replace />;
  document.title = "Commenda";
  return (
    <div className="mx-auto grid max-w-6xl grid-cols-1 gap-8 px-4 py-8 sm:px-6 lg:grid-cols-[minmax(0,1.35fr)_minmax(0,1fr)] lg:py-14">
      <div className="grid grid-cols-1 content-start gap-6">
        <h1 className="text-3xl leading-tight font-semibold tracking-tight sm:text-5xl">
          <Trans>Both sign one page. The money waits. The work is paid.</Trans>
        </h1>
        <p className="max-w-2xl text-lg text-muted">
          <Trans>
            Bring your client and your Word contract. See every way the deal can end before you sign, put the money in
            escrow, deliver, and be paid by rules that nobody can bend, silence included.
          </Trans>
        </p>
        <Picture
          title={t`The life of a milestone: funded, delivered, then accepted or left unanswered and paid; not delivered in time it goes back; disputed it is split.`}
        />
        <ul className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-2">
          <Fact>
            <Trans>Silence has an agreed meaning: a client who does not answer in time has accepted.</Trans>
          </Fact>
          <Fact>
            <Trans>The fee is at most 3 %, by a constant. Here it is what your terms say.</Trans>
          </Fact>
          <Fact>
            <Trans>Pay can follow the outcome: below target 70 %, beaten by 20 % 115 %.</Trans>
          </Fact>
          <Fact>
            <Trans>Proofs are yours: one file that anyone can check without us.</Trans>
          </Fact>
        </ul>
      </div>
      <div className="grid grid-cols-1 content-start gap-4">
        <Card title={t`Begin`}>
          <SignInForm onDone={() => void navigate({ to: "/home" })} />
        </Card>
        <Card title={t`You were invited?`}>
          <OpenInvitation />
        </Card>
        <Card
          title={t`Check a proof`}
          lead={t`Drop a proof file or a hash, without an account, and see what it proves.`}
          actions={
            <ButtonLink to="/verify">
              <Trans>Verify</Trans>
            </ButtonLink>
          }
        />
      </div>
    </div>
  );
}

function Fact({ children }: { children: React.ReactNode }) {
  return (
    <li className="flex gap-2">
      <span aria-hidden="true" className="mt-2 size-1.5 shrink-0 rounded-full bg-accent" />
      <span>{children}</span>
    </li>
  );
}
