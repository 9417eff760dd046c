/** Pages that are about somebody: who is not signed in is asked to, at the same address. */
import { useLingui } from "@lingui/react/macro";
import { Outlet } from "@tanstack/react-router";
import { useSession } from "./Session.tsx";
import { SignInForm } from "./signing/SignInForm.tsx";
import { Card } from "./ui/Card.tsx";
import { Page } from "./ui/Page.tsx";

export function SignedIn() {
  const { me } = useSession();
  const { t } = useLingui();
  if (me) return <Outlet />;
  return (
    <Page title={t`Sign in`} lead={t`This page is for who is signed in. You stay at this address.`} width="text">
      <Card>
        <SignInForm />
      </Card>
    </Page>
  );
}
