/** Drop any pack, file or hash, without an account, and see what is proven and what is not. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { type Output, useCall } from "../../Node.ts";
import { Card } from "../../ui/Card.tsx";
import { Drop } from "../../ui/Drop.tsx";
import { Page } from "../../ui/Page.tsx";
import { Failure, Loading } from "../../ui/Waiting.tsx";
import { Compared } from "./Compared.tsx";
import { Findings } from "./Findings.tsx";
import { type Hash, hashOfFile } from "./Proof.ts";

export type Verdict = Output<"POST /v1/packs/verify">;
export type Named = { name: string; hash: Hash };
/** Characters that the node takes. */
const LARGEST = 4_000_000;

export function Verify() {
  const { t } = useLingui();
  const [pack, setPack] = useState<{ name: string; text: string }>();
  const [file, setFile] = useState<Named>();
  const verify = useCall("POST /v1/packs/verify");
  const take = async (given: File) => {
    const text = given.size <= LARGEST ? await given.text() : "";
    if (isPack(text)) {
      setPack({ name: given.name, text });
      setFile(undefined);
      verify.mutate({ pack: text });
    } else setFile({ name: given.name, hash: await hashOfFile(given) });
  };
  return (
    <Page
      title={t`Verify`}
      lead={
        <Trans>
          A proof pack holds an agreement, its signatures and what happened, with proofs that need no trust in whoever
          gave it to you.
        </Trans>
      }
      width="text"
    >
      <Drop
        label={t`Drop a proof pack or any file`}
        hint={t`Packs are checked by this node and kept by nobody. Other files never leave your browser.`}
        accept=""
        take={(given) => void take(given)}
        disabled={verify.isPending}
      />
      <div aria-live="polite" className="grid gap-5">
        {verify.isPending && <Loading rows={4} />}
        {verify.isError && <Failure error={verify.error} />}
        {verify.data && pack && <Findings verdict={verify.data} name={pack.name} />}
      </div>
      <Card
        title={t`Compare a file or a hash`}
        lead={t`Is this the file that both meant? The same content has the same hash.`}
      >
        <Compared
          file={file}
          pack={verify.isSuccess ? pack?.text : undefined}
          id={verify.data?.id as Hash | undefined}
        />
      </Card>
    </Page>
  );
}

/** Whether it says of itself that it is one; the node judges whether it is. */
function isPack(text: string): boolean {
  if (!text.trimStart().startsWith("{")) return false;
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    return typeof value.version === "string" && value.version.startsWith("commenda-pack");
  } catch {
    return false;
  }
}
