/** What is pressed. 40 px high, so that a thumb finds it. */
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";

export type Look = "primary" | "plain" | "quiet" | "danger";

const SHAPE =
  "inline-flex min-h-10 items-center justify-center gap-2 rounded-lg px-4 py-1.5 text-sm font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-55 print:hidden";
const LOOKS: Record<Look, string> = {
  primary: "bg-accent text-on-accent hover:brightness-110",
  plain: "border border-edge bg-surface text-ink hover:bg-sunken",
  quiet: "text-accent hover:bg-accent-soft",
  danger: "border border-bad bg-surface text-bad hover:bg-bad-soft",
};
export const look = (name: Look = "plain", more = ""): string => `${SHAPE} ${LOOKS[name]} ${more}`;

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className"> & {
  /** For tests of what has a name of its own in each language. */
  "data-testid"?: string;
  ref?: Ref<HTMLButtonElement>;
  look?: Look;
  /** Being done: pressed again it would be done twice. */
  busy?: boolean;
  more?: string;
  children: ReactNode;
};

export function Button({ look: name = "plain", busy = false, more, disabled, children, ...rest }: Props) {
  return (
    <button type="button" {...rest} disabled={disabled || busy} aria-busy={busy} className={look(name, more)}>
      {busy && <Spinner />}
      {children}
    </button>
  );
}

export function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="size-4 shrink-0 animate-spin rounded-full border-2 border-current border-t-transparent"
    />
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  look: name = "plain",
  more,
  children,
  ...rest
}: LinkProps & { look?: Look; more?: string; children: ReactNode }) {
  return (
    <Link {...rest} className={look(name, more)}>
      {children}
    </Link>
  );
}
