/** Who has signed this version, and when. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleCheck, CircleDashed } from "lucide-react";
import { type Agreement, documentOf } from "../../agreement/useStanding.ts";
import { useSay } from "../../Language.tsx";
import { useAsk } from "../../Node.ts";
import { Card } from "../../ui/Card.tsx";
import { When } from "../../ui/When.tsx";

export type Side = "client" | "provider";

/** By side, the time of its signature; empty while it is not known. */
export function useSignatures({ id, version }: Pick<Agreement, "id" | "version">): Partial<Record<Side, string>> {
  const { data } = useAsk("GET /v1/events", { agreement: id, limit: 200 });
  const given = (data?.items ?? []).filter(({ kind, data }) => kind === "signature.given" && data.version === version);
  return Object.fromEntries(given.map(({ data, at }) => [data.side as Side, at]));
}

export function Signatures({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui();
  const say = useSay();
  const signed = useSignatures(agreement);
  const parties = documentOf(agreement)?.parties;
  if (!parties) return null;
  const sides = [
    ["client", t`Client`],
    ["provider", t`Provider`],
  ] as const;
  return (
    <Card title={t`Who has signed`}>
      <ul className="grid gap-2 text-sm">
        {sides.map(([side, name]) => {
          const at = signed[side];
          const { signatory } = parties[side];
          return (
            <li key={side} className="flex gap-2">
              {at === undefined ? (
                <CircleDashed aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
              ) : (
                <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-good" />
              )}
              <span className="min-w-0">
                <span className="text-muted">{name}: </span>
                {say(parties[side].name)}
                <span className="block text-muted">
                  {at === undefined ? (
                    <Trans>has not signed yet; for it signs {say(signatory.name)}</Trans>
                  ) : (
                    <>
                      <Trans>signed</Trans> <When at={at} far={false} />
                    </>
                  )}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
