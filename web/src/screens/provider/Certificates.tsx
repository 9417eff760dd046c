/** What issuers signed about a provider, and whether it counts now. */
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useSay } from "../../Language.tsx";
import { useSession } from "../../Session.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { When } from "../../ui/When.tsx";
import { wordsOf } from "../brief/Skills.ts";
import type { Profile } from "./ProviderPage.tsx";

type Attestation = Profile["attestations"][number];
type Props = { attestations: readonly Attestation[]; actionsOf?: (attestation: Attestation) => ReactNode };

export function Certificates({ attestations, actionsOf }: Props) {
  const say = useSay();
  const { now } = useSession();
  if (attestations.length === 0) {
    return (
      <p className="text-sm text-muted">
        <Trans>None.</Trans>
      </p>
    );
  }
  return (
    <ul className="grid gap-3">
      {attestations.map((one) => {
        const { id, what, issuer, until, refused } = one;
        return (
          <li key={id} className="grid gap-1 border-b border-line pb-3 text-sm last:border-0 last:pb-0">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{say(wordsOf(what))}</span>
              {refused === undefined ? (
                <Badge tone="good">
                  <Trans>counts</Trans>
                </Badge>
              ) : (
                <Badge tone="bad">
                  <Trans>does not count</Trans>
                </Badge>
              )}
            </p>
            {refused !== undefined && <p className="text-bad">{say(refused)}</p>}
            <p className="text-xs text-muted">
              <Trans>
                until <When at={new Date(until * 1000).toISOString()} now={now()} time={false} />, by{" "}
                <code className="break-all">{issuer}</code>
              </Trans>
            </p>
            {actionsOf?.(one)}
          </li>
        );
      })}
    </ul>
  );
}
