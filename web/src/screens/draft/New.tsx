import { Page } from "../../ui/Page.tsx";

export function New() {
  return <Page title="New">{null}</Page>;
}
