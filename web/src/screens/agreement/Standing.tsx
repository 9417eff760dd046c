import { Page } from "../../ui/Page.tsx";

export function Standing() {
  return <Page title="Standing">{null}</Page>;
}
