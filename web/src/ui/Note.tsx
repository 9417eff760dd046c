/** Something to know: never by its colour alone. */
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

export type Tone = "info" | "good" | "warn" | "bad" | "play";
const TONES = {
  info: { box: "bg-accent-soft border-accent/40", icon: "text-accent", Icon: Info },
  good: { box: "bg-good-soft border-good/40", icon: "text-good", Icon: CircleCheck },
  warn: { box: "bg-warn-soft border-warn/40", icon: "text-warn", Icon: TriangleAlert },
  bad: { box: "bg-bad-soft border-bad/40", icon: "text-bad", Icon: CircleAlert },
  play: { box: "bg-play-soft border-play/40", icon: "text-play", Icon: Info },
} as const;

type Props = { tone?: Tone; title?: ReactNode; children?: ReactNode; actions?: ReactNode; role?: "alert" | "status" };

export function Note({ tone = "info", title, children, actions, role }: Props) {
  const { box, icon, Icon } = TONES[tone];
  return (
    <div role={role} className={`flex gap-3 rounded-lg border p-3 text-sm ${box}`}>
      <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${icon}`} />
      <div className="min-w-0 flex-1">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children !== undefined && <div className="[&_ul]:list-disc [&_ul]:pl-5">{children}</div>}
        {actions !== undefined && <div className="mt-2 flex flex-wrap gap-2 empty:hidden">{actions}</div>}
      </div>
    </div>
  );
}
