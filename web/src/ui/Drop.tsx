/** A place for one file: dropped, or chosen by keyboard. */
import { Trans } from "@lingui/react/macro";
import { Upload } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { look } from "./Button.tsx";

type Props = { accept: string; label: ReactNode; hint?: ReactNode; disabled?: boolean; take: (file: File) => void };

export function Drop({ accept, label, hint, disabled = false, take }: Props) {
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a target for the mouse; the button inside is for everyone
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file && !disabled) take(file);
      }}
      className={`grid justify-items-center gap-2 rounded-xl border-2 border-dashed px-4 py-6 text-center ${over ? "border-accent bg-accent-soft" : "border-edge"}`}
    >
      <Upload aria-hidden="true" className="size-6 text-muted" />
      <p className="font-medium">{label}</p>
      {hint !== undefined && <p className="text-sm text-muted">{hint}</p>}
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={disabled}
        className="peer sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) take(file);
          // The same file chosen again counts again.
          event.target.value = "";
        }}
      />
      <label
        htmlFor={id}
        className={look(
          "plain",
          "cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent",
        )}
      >
        <Trans>Choose a file</Trans>
      </label>
    </div>
  );
}
