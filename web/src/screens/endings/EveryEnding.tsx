import { Page } from "../../ui/Page.tsx";

export function EveryEnding() {
  return <Page title="EveryEnding">{null}</Page>;
}
