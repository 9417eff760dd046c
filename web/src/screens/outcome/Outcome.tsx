import { Page } from "../../ui/Page.tsx";

export function Outcome() {
  return <Page title="Outcome">{null}</Page>;
}
