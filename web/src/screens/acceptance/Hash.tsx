/** A hash in its first and last digits; the whole of it to take along. */
import { useLingui } from "@lingui/react/macro";
import { Check, Copy } from "lucide-react";
import { useState } from "react";

export function Hash({ value, of }: { value: string; of: string }) {
  const { t } = useLingui();
  const [done, set] = useState(false);
  const short = value.length > 20 ? `${value.slice(0, 10)}…${value.slice(-6)}` : value;
  const Icon = done ? Check : Copy;
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <code title={value} className="text-xs">
        {short}
      </code>
      <button
        type="button"
        aria-label={done ? t`Copied: ${of}` : t`Copy the whole hash: ${of}`}
        onClick={() => void navigator.clipboard.writeText(value).then(() => set(true))}
        className="inline-flex size-6 items-center justify-center rounded text-muted hover:bg-sunken hover:text-ink"
      >
        <Icon aria-hidden="true" className="size-3.5" />
      </button>
    </span>
  );
}
