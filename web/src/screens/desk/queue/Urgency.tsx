/** How urgent a ticket is, in words and by a sign: never by a colour alone. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Clock3, OctagonAlert, ShieldAlert, TriangleAlert } from "lucide-react";
import { useLanguage } from "../../../Language.tsx";
import { useSession } from "../../../Session.tsx";
import { Badge, type BadgeTone } from "../../../ui/Badge.tsx";
import { useMinute } from "../../../ui/When.tsx";
import * as Clock from "../Clock.ts";

import type { TicketRow } from "../Desk.ts";

export const DANGERS = ["vulnerability", "leak", "takeover", "fraud", "legal", "harm"] as const;
export type Danger = (typeof DANGERS)[number];
export type Severity = NonNullable<TicketRow["severity"]>;

/** What a danger is called; one of another version of the node by its own name. */
export function useDanger(): (danger: string) => string {
  const { t } = useLingui();
  const says: Record<Danger, string> = {
    vulnerability: t`vulnerability`,
    leak: t`data leak`,
    takeover: t`account taken over`,
    fraud: t`payment fraud`,
    legal: t`legal threat`,
    harm: t`danger to a life`,
  };
  return (danger) => (Object.hasOwn(says, danger) ? says[danger as Danger] : danger);
}

export function DangerBadge({ danger }: { danger: string }) {
  const says = useDanger();
  return (
    <Badge tone="bad">
      <ShieldAlert aria-hidden="true" className="size-3.5" />
      <Trans>Danger: {says(danger)}</Trans>
    </Badge>
  );
}

const TONES: Record<Severity, BadgeTone> = { critical: "bad", high: "warn", normal: "plain", low: "plain" };

export function useSeverity(): Record<Severity, string> {
  const { t } = useLingui();
  return { critical: t`critical`, high: t`high`, normal: t`normal`, low: t`low` };
}

export function SeverityBadge({ severity }: { severity: Severity }) {
  return <Badge tone={TONES[severity]}>{useSeverity()[severity]}</Badge>;
}

const LOOKS = {
  calm: { tone: "plain", Icon: Clock3 },
  soon: { tone: "warn", Icon: TriangleAlert },
  late: { tone: "bad", Icon: OctagonAlert },
} as const;

/** The time that is left until the first answer is due. */
export function Sla({ due, isEscalated }: { due: string; isEscalated: boolean }) {
  const { language } = useLanguage();
  const { now } = useSession();
  // Another minute, another text.
  useMinute();
  const left = new Date(due).getTime() - now();
  const pace = Clock.pace(now(), due, isEscalated);
  const { tone, Icon } = LOOKS[pace];
  const time = Clock.text(left, language);
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" className="size-3.5" />
      <time dateTime={due} className="tabular-nums">
        {pace === "late" ? <Trans>{time} late</Trans> : <Trans>{time} left</Trans>}
      </time>
    </Badge>
  );
}
