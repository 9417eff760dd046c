import { Page } from "../../ui/Page.tsx";

export function Dispute() {
  return <Page title="Dispute">{null}</Page>;
}
