/** A key of the keyboard, for who sees the page; others are told by the help. */
import type { ReactNode } from "react";

export function Key({ children }: { children: ReactNode }) {
  return (
    <span
      aria-hidden="true"
      className="inline-flex min-w-6 items-center justify-center rounded border border-current/30 px-1 text-xs leading-5 opacity-80 pointer-coarse:hidden"
    >
      {children}
    </span>
  );
}
