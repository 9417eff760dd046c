/** What each side has brought, beside each other; and bringing more. */
import { Trans, useLingui } from "@lingui/react/macro";
import { sideOf } from "../../agreement/useAgreement.ts";
import type { Agreement, Fact } from "../../agreement/useStanding.ts";
import { useKept } from "../../Kept.ts";
import { refresh, useRows } from "../../Node.ts";
import { Card } from "../../ui/Card.tsx";
import { Failure, Loading } from "../../ui/Waiting.tsx";
import type { File } from "../agreement/act/Draft.ts";
import { Upload } from "../agreement/act/Upload.tsx";
import { FileList } from "../agreement/Files.tsx";
import * as Case from "./Case.ts";

export function Evidence({ agreement, facts }: { agreement: Agreement; facts: readonly Fact[] }) {
  const { t } = useLingui();
  const { rows, error, again } = useRows("GET /v1/agreements/{agreement}/evidence", {
    agreement: agreement.id,
    limit: 200,
  });
  if (rows === undefined) return error ? <Failure error={error} again={again} /> : <Loading />;
  const files = Case.filesOf(rows, facts, agreement.seats);
  const side = sideOf(agreement);
  return (
    <div className="grid min-w-0 items-start gap-5 lg:grid-cols-2">
      {(["client", "provider"] as const).map((one) => (
        <Card key={one} title={one === "client" ? t`Evidence of the client` : t`Evidence of the provider`}>
          <div className="grid gap-4">
            {files[one].length === 0 ? (
              <p className="text-sm text-muted">
                <Trans>Nothing has been brought.</Trans>
              </p>
            ) : (
              <FileList files={files[one]} agreement={agreement} />
            )}
            {side === one && <More agreement={agreement} />}
          </div>
        </Card>
      ))}
    </div>
  );
}

function More({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui();
  const [file, keep] = useKept<File | null>(`evidence.${agreement.id}`, null);
  return (
    <Upload
      agreement={agreement.id}
      file={file?.upload === undefined ? undefined : file}
      onFile={(next) => {
        keep(next?.upload === undefined ? null : next);
        if (next?.upload === undefined) refresh(agreement.id);
      }}
      label={t`Bring more`}
    />
  );
}
