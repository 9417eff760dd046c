/** Where an agreement as a whole stands. */
import { useLingui } from "@lingui/react/macro";
import type { Output } from "../Node.ts";
import { Badge, type BadgeTone } from "../ui/Badge.tsx";

export type Status = Output<"GET /v1/agreements">["items"][number]["status"];

const TONES: Record<Status, BadgeTone> = {
  draft: "plain",
  offered: "warn",
  signed: "warn",
  open: "accent",
  closed: "good",
  revoked: "bad",
  replaced: "plain",
  withdrawn: "plain",
};

/** What a status is called. */
export function useStatus(): (status: Status) => string {
  const { t } = useLingui();
  const names: Record<Status, string> = {
    draft: t`Draft`,
    offered: t`One side has signed`,
    signed: t`Signed, not opened`,
    open: t`Running`,
    closed: t`Ended`,
    revoked: t`Revoked`,
    replaced: t`Replaced`,
    withdrawn: t`Withdrawn`,
  };
  return (status) => names[status];
}

export function StatusBadge({ status }: { status: Status }) {
  const nameOf = useStatus();
  return <Badge tone={TONES[status]}>{nameOf(status)}</Badge>;
}
