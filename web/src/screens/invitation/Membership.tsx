import { Page } from "../../ui/Page.tsx";

export function Membership() {
  return <Page title="Membership">{null}</Page>;
}
