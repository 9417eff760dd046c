/** Hidden parts of a criterion: what stands in the terms of them, and where the part itself is. */
import { Trans, useLingui } from "@lingui/react/macro";
import { EyeOff, Trash2 } from "lucide-react";
import * as Paper from "../../../../agreement/Paper.ts";
import { useSay, type Words } from "../../../../Language.tsx";
import { useAsk } from "../../../../Node.ts";
import { Button } from "../../../../ui/Button.tsx";
import { usePart, useWriter } from "../../write/Context.ts";

type Part = { part?: Words; commitment?: string; round?: number };

export function Sealed({ field }: { field: string }) {
  const { t } = useLingui();
  const say = useSay();
  const { agreement, edit, side } = useWriter();
  const place = `${field}.sealed`;
  const text = usePart(({ document }) => JSON.stringify(Paper.listAt(document, place)));
  const parts = JSON.parse(text) as Part[];
  const { data } = useAsk(
    "GET /v1/agreements/{agreement}/sealed",
    { agreement: agreement.id },
    { enabled: parts.length > 0 },
  );
  if (parts.length === 0) return null;
  return (
    <ul className="grid gap-2 text-sm">
      {parts.map(({ part, commitment = "", round }, index) => {
        const isKept = data?.items.some((one) => one.commitment === commitment && one.salt !== undefined) ?? false;
        const number = (round ?? index) + 1;
        const name = part ? say(part) : "";
        return (
          <li key={commitment} className="flex gap-2">
            <EyeOff aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
            <div className="min-w-0 flex-1">
              <p>
                <Trans>
                  Hidden until round {number}: {name}
                </Trans>
              </p>
              <code className="text-xs break-all text-muted">{commitment}</code>
              <p className="text-xs text-muted">
                {isKept ? (
                  <Trans>Part and salt are kept here for your side only.</Trans>
                ) : (
                  <Trans>Part and salt are with who hid it.</Trans>
                )}
              </p>
            </div>
            {side && (
              <Button
                look="quiet"
                aria-label={t`Hide no longer: ${name}`}
                onClick={() =>
                  edit((paper) => {
                    const next = Paper.drop(paper, place, index);
                    return Paper.listAt(next, place).length === 0 ? Paper.put(next, place, undefined) : next;
                  })
                }
              >
                <Trash2 aria-hidden="true" className="size-4" />
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
