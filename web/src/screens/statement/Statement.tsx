import { Page } from "../../ui/Page.tsx";

export function Statement() {
  return <Page title="Statement">{null}</Page>;
}
