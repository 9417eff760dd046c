/** Sign, open and fund: what exactly is signed, checked on this page; what is promised, and what can then go wrong. */
import { useLingui } from "@lingui/react/macro";
import { TermsSheet } from "../../agreement/TermsSheet.tsx";
import { useAgreement } from "../../agreement/useAgreement.ts";
import { type Agreement, documentOf } from "../../agreement/useStanding.ts";
import { useAsk } from "../../Node.ts";
import { ButtonLink } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Shown } from "../../ui/Waiting.tsx";
import { Before } from "./Before.tsx";
import { Fund } from "./Fund.tsx";
import { HashCheck } from "./HashCheck.tsx";
import { Signatures } from "./Signatures.tsx";
import { SignIt } from "./SignIt.tsx";
import { Wrong } from "./Wrong.tsx";

export function Sign() {
  const { data } = useAgreement();
  return data ? <Loaded agreement={data} /> : null;
}

function Loaded({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui();
  const document = documentOf(agreement);
  const { id, version, status } = agreement;
  const prepared = useAsk(
    "GET /v1/agreements/{agreement}/signing",
    { agreement: id },
    { enabled: document !== undefined },
  );
  if (!document) {
    return (
      <Page title={t`Sign and fund`}>
        <Empty
          title={t`The draft still has gaps`}
          action={
            <ButtonLink look="primary" to="/agreements/$agreement/draft" params={{ agreement: id }}>
              {t`Fill the gaps`}
            </ButtonLink>
          }
        >
          {t`What is signed is the whole of it: nothing can be added later.`}
        </Empty>
      </Page>
    );
  }
  const isBefore = status === "draft" || status === "offered" || status === "signed";
  return (
    <Page
      title={isBefore ? t`Sign and fund` : t`What was signed`}
      lead={t`Version ${version}. Both sides sign one and the same document, in both languages.`}
    >
      <Shown answer={prepared} rows={4}>
        {(signing) => (
          <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[1.4fr_1fr]">
            <div className="grid min-w-0 gap-5">
              {document.replaces !== undefined && <Before document={document} replaces={document.replaces} />}
              <TermsSheet title={t`What is promised`} sheet={signing.sheet} />
              <Wrong agreement={agreement} />
            </div>
            <div className="grid min-w-0 gap-5">
              <HashCheck document={document} told={signing.ledgerId} />
              <Signatures agreement={agreement} />
              <SignIt agreement={agreement} document={document} signing={signing} />
              <Fund agreement={agreement} document={document} />
            </div>
          </div>
        )}
      </Shown>
    </Page>
  );
}
