import { Page } from "../../ui/Page.tsx";

export function Invitation() {
  return <Page title="Invitation">{null}</Page>;
}
