import { Page } from "../../ui/Page.tsx";

export function Draft() {
  return <Page title="Draft">{null}</Page>;
}
