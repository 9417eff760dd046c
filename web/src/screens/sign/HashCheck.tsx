/** The one hash that both sign, computed on this page from the document and held against what the node says. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { Document } from "../../agreement/useStanding.ts";
import { Card } from "../../ui/Card.tsx";
import { Copy } from "../../ui/Copy.tsx";
import { Note } from "../../ui/Note.tsx";
import { Loading } from "../../ui/Waiting.tsx";

/** Undefined while it is computed. */
export function useHash(document: Document) {
  return useQuery({
    queryKey: ["hash", document],
    queryFn: async () => (await import("../../../../src/agreement/Terms.ts")).hash(document),
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: "always",
  });
}

export function HashCheck({ document, told }: { document: Document; told: string }) {
  const { t } = useLingui();
  const { data, isError } = useHash(document);
  const isSame = data === told;
  return (
    <Card
      title={t`The one hash`}
      lead={t`It stands for every word and figure on this page. Change one letter, and it is another.`}
    >
      <div className="grid gap-3">
        {data === undefined && !isError ? (
          <Loading rows={1} />
        ) : isSame ? (
          <Note tone="good" title={t`Checked here`}>
            <Trans>
              This page computed it from the document, and the node says the same. The other side can do so too.
            </Trans>
          </Note>
        ) : (
          <Note tone="bad" role="alert" title={t`Do not sign`}>
            <Trans>
              The node names another hash than this document has. Somebody may show you one thing and have you sign
              another.
            </Trans>
          </Note>
        )}
        <Copy text={data ?? told} label={t`Copy the hash`} />
        <p className="text-sm text-muted">
          <Trans>
            Read to each other on the phone: it begins with <strong>{told.slice(2, 8)}</strong> and ends with{" "}
            <strong>{told.slice(-6)}</strong>.
          </Trans>
        </p>
      </div>
    </Card>
  );
}
