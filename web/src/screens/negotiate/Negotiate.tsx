import { Page } from "../../ui/Page.tsx";

export function Negotiate() {
  return <Page title="Negotiate">{null}</Page>;
}
