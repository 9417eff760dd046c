import { Page } from "../../ui/Page.tsx";

export function Sign() {
  return <Page title="Sign">{null}</Page>;
}
