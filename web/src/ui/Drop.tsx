/** A place to drop a file, which is a button too: by keyboard the browser's own dialog. */
import { Upload } from "lucide-react";
import { type DragEvent, type ReactNode, useId, useState } from "react";

type Props = {
  label: ReactNode;
  hint?: ReactNode;
  /** As of `<input accept>`. */
  accept?: string;
  onFile: (file: File) => void;
  busy?: boolean;
};

export function Drop({ label, hint, accept, onFile, busy = false }: Props) {
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!busy) take(event.dataTransfer.files);
  };
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`grid cursor-pointer justify-items-center gap-1 rounded-xl border-2 border-dashed px-4 py-8 text-center focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent ${over ? "border-accent bg-accent-soft" : "border-edge bg-surface"}`}
    >
      <Upload aria-hidden="true" className="size-6 text-accent" />
      <span className="font-medium">{label}</span>
      {hint !== undefined && <span className="text-sm text-muted">{hint}</span>}
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={busy}
        className="sr-only"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
    </label>
  );
}
