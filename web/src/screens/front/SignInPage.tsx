import { useLingui } from "@lingui/react/macro";
import { Navigate, useNavigate } from "@tanstack/react-router";
import { useSession } from "../../Session.tsx";
import { SignInForm } from "../../signing/SignInForm.tsx";
import { Card } from "../../ui/Card.tsx";
import { Page } from "../../ui/Page.tsx";

/** Signing in by itself. */
export function SignInPage() {
  const { me } = useSession();
  const { t } = useLingui();
  const navigate = useNavigate();
  if (me) return <Navigate to="/home" replace />;
  return (
    <Page title={t`Sign in`} width="text">
      <Card>
        <SignInForm onDone={() => void navigate({ to: "/home" })} />
      </Card>
    </Page>
  );
}
