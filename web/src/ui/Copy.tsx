/** A text to take along: a link, a hash, a secret that is shown once. */
import { useLingui } from "@lingui/react/macro";
import { Check, Copy as Icon } from "lucide-react";
import { useState } from "react";
import { Button } from "./Button.tsx";

export function Copy({ text, label }: { text: string; label?: string }) {
  const { t } = useLingui();
  const [done, set] = useState(false);
  return (
    <div className="flex min-w-0 items-center gap-2">
      <code className="min-w-0 flex-1 overflow-x-auto rounded-lg bg-sunken px-3 py-2 text-xs break-all">{text}</code>
      <Button
        onClick={() => void navigator.clipboard.writeText(text).then(() => set(true))}
        aria-label={label ?? t`Copy`}
      >
        {done ? <Check aria-hidden="true" className="size-4" /> : <Icon aria-hidden="true" className="size-4" />}
        <span aria-live="polite">{done ? t`Copied` : t`Copy`}</span>
      </Button>
    </div>
  );
}
