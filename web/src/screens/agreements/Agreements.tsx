import { Page } from "../../ui/Page.tsx";

export function Agreements() {
  return <Page title="Agreements">{null}</Page>;
}
