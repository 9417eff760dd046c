/** A part of a page with a heading of its own. */
import { type ReactNode, useId } from "react";

type Props = {
  title?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
  tone?: "plain" | "sunken";
};

export function Card({ title, lead, actions, children, tone = "plain" }: Props) {
  const id = useId();
  const colour = tone === "sunken" ? "bg-sunken" : "bg-surface";
  return (
    <section
      aria-labelledby={title === undefined ? undefined : id}
      className={`rounded-xl border border-line p-4 sm:p-5 print:break-inside-avoid print:border-0 print:p-0 ${colour}`}
    >
      {(title !== undefined || actions !== undefined) && (
        <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="min-w-0">
            {title !== undefined && (
              <h2 id={id} className="text-base font-semibold">
                {title}
              </h2>
            )}
            {lead !== undefined && <p className="mt-0.5 text-sm text-muted">{lead}</p>}
          </div>
          {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
