/** The figures of an act that others are asked to sign too. */
import { Trans } from "@lingui/react/macro";
import { type Agreement, documentOf } from "../../../agreement/useStanding.ts";
import { Amount } from "../../../ui/Amount.tsx";
import type { Act } from "./Progress.ts";

export function Meaning({ agreement, act }: { agreement: Agreement; act: Act }) {
  const document = documentOf(agreement);
  if (!document) return null;
  const { currency } = document;
  const { verb, toProvider, toClient, share, value } = act;
  if (verb === "settle" && typeof toProvider === "string" && typeof toClient === "string") {
    return (
      <p>
        <Trans>
          To the provider <Amount units={toProvider} currency={currency} />, back to the client{" "}
          <Amount units={toClient} currency={currency} />. Everything ends.
        </Trans>
      </p>
    );
  }
  if (verb === "rule") {
    return (
      <p>{typeof share === "string" ? <Trans>{share} to the provider</Trans> : <Trans>No ruling is given</Trans>}</p>
    );
  }
  if (verb === "report" && typeof value === "string") return <p>{value}</p>;
  return null;
}
