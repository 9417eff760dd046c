/** What may be wider than the screen: scrolled by itself, by keyboard too, never the page with it. */
import type { ReactNode } from "react";

export function Scroll({ label, more = "", children }: { label: string; more?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard
    <figure aria-label={label} tabIndex={0} className={`overflow-x-auto ${more}`}>
      {children}
    </figure>
  );
}
