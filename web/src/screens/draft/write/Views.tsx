/** Tabs: one of several views is shown. Arrow keys go from one to the next. */
import { type KeyboardEvent, type ReactNode, useId } from "react";

export type View<T extends string> = { name: T; title: ReactNode; more?: string };

type Props<T extends string> = {
  label: string;
  views: readonly View<T>[];
  shown: T;
  show: (name: T) => void;
  children: ReactNode;
};

export function Views<T extends string>({ label, views, shown, show, children }: Props<T>) {
  const id = useId();
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    // Tabs of other screen sizes are not there to be reached.
    const tabs = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('[role="tab"]')].filter(
      (tab) => tab.offsetParent !== null,
    );
    const at = tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
    const next = tabs[(at + step + tabs.length) % tabs.length];
    next?.focus();
    next?.click();
  };
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
      <div role="tablist" aria-label={label} onKeyDown={move} className="flex flex-wrap gap-1 border-b border-line">
        {views.map(({ name, title, more = "" }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={shown === name}
            aria-controls={`${id}-panel`}
            tabIndex={shown === name ? 0 : -1}
            onClick={() => show(name)}
            className={`-mb-px inline-flex min-h-10 items-center gap-1.5 border-b-2 px-3 text-sm ${shown === name ? "border-accent font-medium text-accent" : "border-transparent text-muted hover:text-ink"} ${more}`}
          >
            {title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown}`} className="min-w-0">
        {children}
      </div>
    </div>
  );
}
