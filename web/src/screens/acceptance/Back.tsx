/** The way up. */
import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";

export const Back = ({ agreement }: { agreement: string }) => (
  <p className="no-print mb-3 text-sm">
    <Link
      to="/agreements/$agreement/acceptance"
      params={{ agreement }}
      className="inline-flex min-h-6 items-center text-accent"
    >
      ← <Trans>Acceptance by code</Trans>
    </Link>
  </p>
);
