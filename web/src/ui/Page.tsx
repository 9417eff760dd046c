/** A page: its name in the window, one heading that a screen reader comes to first, and what can be done at once. */
import { type ReactNode, useEffect, useRef } from "react";

type Props = {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** Above the title: where this page belongs. */
  above?: ReactNode;
  children: ReactNode;
  width?: "wide" | "text";
};

export function Page({ title, lead, actions, above, children, width = "wide" }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Commenda`;
  }, [title]);
  useEffect(() => {
    // A page that was come to by a link is read from its top; the first page is read by the browser itself.
    if (window.history.state?.__TSR_index > 0) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={`mx-auto w-full px-4 py-6 sm:px-6 sm:py-8 ${width === "text" ? "max-w-3xl" : "max-w-6xl"}`}>
      {above}
      <div className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-3xl">
          <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold tracking-tight sm:text-3xl">
            {title}
          </h1>
          {lead !== undefined && <div className="mt-1 text-muted">{lead}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      <div className="grid grid-cols-1 gap-5">{children}</div>
    </div>
  );
}
