import { Page } from "../../ui/Page.tsx";

export function Verify() {
  return <Page title="Verify">{null}</Page>;
}
