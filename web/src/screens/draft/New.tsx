/** A new agreement: for whom, and from what. */
import { Trans, useLingui } from "@lingui/react/macro";
import { FileBraces, FileText, LayoutTemplate, PackageOpen } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import { useMe, useSession } from "../../Session.tsx";
import { Card } from "../../ui/Card.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { FromPack, FromTemplate, FromTerms } from "./begin/FromOthers.tsx";
import { FromWord } from "./begin/FromWord.tsx";
import { type Begin, Who } from "./begin/Who.tsx";

const WAYS = ["word", "template", "terms", "pack"] as const;
type Way = (typeof WAYS)[number];

export function New() {
  const { t } = useLingui();
  const me = useMe();
  const { organisation } = useSession();
  const able = me.organisations.filter(({ role }) => role !== "auditor");
  const [begin, set] = useState<Begin>({
    side: "provider",
    organisation: (able.find(({ id }) => id === organisation?.id) ?? able[0])?.id ?? "",
    address: undefined,
  });
  const choose = useCallback((address: string) => set((old) => ({ ...old, address })), []);
  const own = able.find(({ id }) => id === begin.organisation);
  return (
    <Page
      title={t`A new agreement`}
      lead={<Trans>Begin with your own contract, or with one of ours. Nothing is sent to anyone yet.</Trans>}
    >
      {own ? (
        <>
          <Card title={t`1. You`}>
            <Who begin={begin} organisation={own} set={set} choose={choose} />
          </Card>
          <Card title={t`2. What to begin with`}>
            <From begin={begin} />
          </Card>
        </>
      ) : (
        <Note tone="warn" title={t`You can only look on in your organisations`}>
          <Trans>Ask an owner for another role, or found an organisation of your own.</Trans>
        </Note>
      )}
    </Page>
  );
}

function From({ begin }: { begin: Begin }) {
  const { t } = useLingui();
  const [way, setWay] = useState<Way>("word");
  const icon = "size-4 shrink-0";
  const names: Record<Way, [string, ReactNode]> = {
    word: [t`Word contract`, <FileText key="icon" aria-hidden="true" className={icon} />],
    template: [t`Template`, <LayoutTemplate key="icon" aria-hidden="true" className={icon} />],
    terms: [t`Terms file`, <FileBraces key="icon" aria-hidden="true" className={icon} />],
    pack: [t`Proof pack`, <PackageOpen key="icon" aria-hidden="true" className={icon} />],
  };
  return (
    <div className="grid gap-4">
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">
          <Trans>Begin with</Trans>
        </legend>
        {WAYS.map((one) => (
          <label
            key={one}
            className="inline-flex min-h-10 cursor-pointer items-center gap-2 rounded-lg border border-edge px-3 text-sm has-checked:border-accent has-checked:bg-accent-soft has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input type="radio" name="way" className="sr-only" checked={way === one} onChange={() => setWay(one)} />
            {names[one][1]}
            {names[one][0]}
          </label>
        ))}
      </fieldset>
      {way === "word" && <FromWord begin={begin} />}
      {way === "template" && <FromTemplate begin={begin} />}
      {way === "terms" && <FromTerms begin={begin} />}
      {way === "pack" && <FromPack begin={begin} />}
    </div>
  );
}
