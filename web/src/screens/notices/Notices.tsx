import { Page } from "../../ui/Page.tsx";

export function Notices() {
  return <Page title="Notices">{null}</Page>;
}
