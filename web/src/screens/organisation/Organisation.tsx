import { Page } from "../../ui/Page.tsx";

export function Organisation() {
  return <Page title="Organisation">{null}</Page>;
}
