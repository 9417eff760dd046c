/** A dialog over the page, the browser's own: it takes the keyboard, closes by Escape, and gives the focus back. */
import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";

type Props = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
  width?: "narrow" | "wide";
  /** False: what is going on must not be left by accident. */
  closable?: boolean;
};

export function Dialog({ open, onClose, title, lead, children, width = "narrow", closable = true }: Props) {
  const { t } = useLingui();
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (open) box.current?.showModal();
    else box.current?.close();
  }, [open]);
  return (
    <dialog
      ref={box}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        if (closable) onClose();
      }}
      onClose={() => open && onClose()}
      className={`m-auto max-h-[90dvh] w-[calc(100%-1.5rem)] overflow-y-auto rounded-xl border border-line bg-surface p-5 text-ink shadow-xl backdrop:bg-black/45 ${width === "wide" ? "max-w-3xl" : "max-w-lg"}`}
    >
      {open && (
        <>
          <div className="mb-3 flex items-start justify-between gap-3">
            <div>
              <h2 id={id} className="text-lg font-semibold">
                {title}
              </h2>
              {lead !== undefined && <p className="text-sm text-muted">{lead}</p>}
            </div>
            {closable && (
              <button
                type="button"
                onClick={onClose}
                aria-label={t`Close`}
                className="inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-sunken"
              >
                <X aria-hidden="true" className="size-4" />
              </button>
            )}
          </div>
          {children}
        </>
      )}
    </dialog>
  );
}
