/** Where there is no page, and where a page broke. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { ButtonLink } from "./ui/Button.tsx";
import { Page } from "./ui/Page.tsx";
import { Failure } from "./ui/Waiting.tsx";

export function NotFound() {
  const { t } = useLingui();
  return (
    <Page title={t`There is no such page`} width="text">
      <p>
        <Trans>The address may be mistyped, or what it showed is not yours to see.</Trans>
      </p>
      <div>
        <ButtonLink to="/" look="primary">
          <Trans>To the start</Trans>
        </ButtonLink>
      </div>
    </Page>
  );
}

export function Failing({ error, reset }: ErrorComponentProps) {
  const { t } = useLingui();
  return (
    <Page title={t`This page could not be shown`} width="text">
      <Failure error={error} again={reset} />
    </Page>
  );
}
