/** Kinds of files that feedback and examples come in. */
import { useLingui } from "@lingui/react/macro";
import type { Input } from "../../Node.ts";

export type Format = NonNullable<Input<"POST /v1/organisations/{organisation}/desks/{desk}/imports">["format"]>;
export const FORMATS: readonly Format[] = ["auto", "csv", "reviews", "jsonl", "mbox", "issues"];

export function useFormats(): Record<Format, string> {
  const { t } = useLingui();
  return {
    auto: t`Told from its content`,
    csv: t`CSV with a heading line`,
    reviews: t`An app store's export of reviews`,
    jsonl: t`JSON Lines`,
    mbox: t`A mail box (mbox)`,
    issues: t`GitHub issues (JSON)`,
  };
}
