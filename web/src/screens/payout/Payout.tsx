import { Page } from "../../ui/Page.tsx";

export function Payout() {
  return <Page title="Payout">{null}</Page>;
}
