/** A field with its name, what it is for, and what is wrong with it, tied together for those who do not see the page. */
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";

export const BOX =
  "min-h-10 w-full rounded-lg border border-edge bg-surface px-3 py-1.5 text-sm text-ink placeholder:text-muted aria-invalid:border-bad disabled:bg-sunken disabled:text-muted";

type Shared = { label: ReactNode; hint?: ReactNode; error?: ReactNode; optional?: ReactNode };
type Ties = { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean };

export function Field({ label, hint, error, optional, children }: Shared & { children: (ties: Ties) => ReactNode }) {
  const id = useId();
  const hints = [hint !== undefined && `${id}-hint`, error !== undefined && error !== "" && `${id}-error`].filter(
    Boolean,
  );
  const ties = {
    id,
    "aria-describedby": hints.length > 0 ? hints.join(" ") : undefined,
    "aria-invalid": error !== undefined && error !== "",
  };
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {optional !== undefined && <span className="font-normal text-muted"> {optional}</span>}
      </label>
      {children(ties)}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
      {error !== undefined && error !== "" && (
        <p id={`${id}-error`} role="alert" className="text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

type Own<T> = Shared & Omit<T, "id" | "className" | "children">;

export function TextField({ label, hint, error, optional, ...rest }: Own<InputHTMLAttributes<HTMLInputElement>>) {
  return (
    <Field {...{ label, hint, error, optional }}>
      {(ties) => <input autoComplete="off" {...rest} {...ties} className={BOX} />}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  optional,
  ...rest
}: Own<TextareaHTMLAttributes<HTMLTextAreaElement>> & { ref?: Ref<HTMLTextAreaElement> }) {
  return (
    <Field {...{ label, hint, error, optional }}>
      {(ties) => <textarea rows={4} {...rest} {...ties} className={BOX} />}
    </Field>
  );
}

export function Select({
  label,
  hint,
  error,
  optional,
  children,
  ...rest
}: Own<SelectHTMLAttributes<HTMLSelectElement>> & { children: ReactNode }) {
  return (
    <Field {...{ label, hint, error, optional }}>
      {(ties) => (
        <select {...rest} {...ties} className={BOX}>
          {children}
        </select>
      )}
    </Field>
  );
}

export function Check({
  label,
  hint,
  ...rest
}: Omit<Own<InputHTMLAttributes<HTMLInputElement>>, "error" | "optional" | "type">) {
  const id = useId();
  return (
    <div className="flex gap-2">
      <input
        id={id}
        type="checkbox"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        {...rest}
        className="mt-0.5 size-5 shrink-0 accent-(--color-accent)"
      />
      <div className="text-sm">
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="text-xs text-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
