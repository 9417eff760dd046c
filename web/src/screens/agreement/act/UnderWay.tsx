/** The acts of this tab that are on their way, on every page of their agreement: a reload, or leaving, loses none. */
import { useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import type { Agreement } from "../../../agreement/useStanding.ts";
import { ActProgress } from "./ActProgress.tsx";
import * as Acts from "./Acts.ts";

export function UnderWay({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui();
  const acts = Acts.useActs(agreement.id);
  useEffect(() => Acts.resume(), []);
  if (acts.length === 0) return null;
  return (
    <section
      aria-label={t`Acts on their way`}
      className="no-print mx-auto grid w-full max-w-6xl gap-2 px-4 pt-4 sm:px-6"
    >
      {acts.map((progress) => (
        <ActProgress key={progress.key} progress={progress} agreement={agreement} />
      ))}
    </section>
  );
}
