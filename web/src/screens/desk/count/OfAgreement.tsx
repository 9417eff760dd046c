/** The counts of one agreement, for both sides: what a desk did under it, to be signed and paid. */
import { useLingui } from "@lingui/react/macro";
import { sideOf, useAgreement } from "../../../agreement/useAgreement.ts";
import { Page } from "../../../ui/Page.tsx";
import { List } from "./List.tsx";

export function OfAgreement() {
  const { t } = useLingui();
  const { data } = useAgreement();
  if (!data) return null;
  return (
    <Page
      title={t`Counts of the desk`}
      lead={t`Tickets that the provider's desk answered alone and that stayed solved. Both sign a count; the outcome is paid by it.`}
    >
      <List agreement={data.id} side={sideOf(data)} />
    </Page>
  );
}
