/** The other beginnings: a terms file, another node's proof pack, a template. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import * as Paper from "../../../agreement/Paper.ts";
import { client, refresh } from "../../../Node.ts";
import { useMe, useSession } from "../../../Session.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Drop } from "../../../ui/Drop.tsx";
import { Note } from "../../../ui/Note.tsx";
import { Failure } from "../../../ui/Waiting.tsx";
import * as Imported from "./Imported.ts";
import { KINDS, type Kind, template } from "./Templates.ts";
import type { Begin } from "./Who.tsx";

/** Goes to the draft of a new agreement. */
function useGo() {
  const navigate = useNavigate();
  return (agreement: string) => {
    refresh();
    return navigate({ to: "/agreements/$agreement/draft", params: { agreement } });
  };
}

/** With the account that was chosen, where the document names none. */
function create({ side, organisation, address }: Begin, document: Paper.Paper) {
  const field = `parties.${side}.address`;
  const own =
    address === undefined || Paper.at(document, field) !== undefined ? document : Paper.put(document, field, address);
  return client().call("POST /v1/agreements", { organisation, side, document: own });
}

export function FromTerms({ begin }: { begin: Begin }) {
  const { t } = useLingui();
  const go = useGo();
  const take = useMutation({
    mutationFn: async (file: File) => go((await create(begin, Imported.termsOf(await file.text()))).id),
  });
  return (
    <div className="grid gap-3">
      {take.isError &&
        (take.error.name === "NoTerms" ? (
          <Note tone="bad" role="alert" title={t`That is no terms document`}>
            <Trans>
              Drop the JSON that <code>commenda terms new</code> writes. A deal in YAML becomes one by{" "}
              <code>commenda terms new deal.yaml --out terms.json</code>.
            </Trans>
          </Note>
        ) : (
          <Failure error={take.error} />
        ))}
      <Drop
        accept=".json,application/json"
        label={t`Drop a terms file here (.json)`}
        hint={t`As the command line writes it.`}
        disabled={take.isPending}
        take={(file) => take.mutate(file)}
      />
    </div>
  );
}

export function FromPack({ begin }: { begin: Begin }) {
  const { t } = useLingui();
  const go = useGo();
  const take = useMutation({
    async mutationFn(file: File) {
      const { organisation, side } = begin;
      const pack = await file.text();
      const { id } = await client().call("POST /v1/agreements/pack", { organisation, role: side, pack });
      refresh();
      return id;
    },
    onSuccess: (id) => go(id),
  });
  return (
    <div className="grid gap-3">
      {take.isError && <Failure error={take.error} />}
      {take.isPending && (
        <p role="status" className="text-sm text-muted">
          <Trans>The pack is checked and its story is read anew from the ledger …</Trans>
        </p>
      )}
      <Drop
        accept=".json,application/json"
        label={t`Drop a proof pack here`}
        hint={t`An agreement that began on another node goes on here.`}
        disabled={take.isPending}
        take={(file) => take.mutate(file)}
      />
    </div>
  );
}

export function FromTemplate({ begin }: { begin: Begin }) {
  const { t } = useLingui();
  const me = useMe();
  const { now } = useSession();
  const go = useGo();
  const take = useMutation({
    async mutationFn(kind: Kind) {
      const organisation = me.organisations.find(({ id }) => id === begin.organisation)?.name ?? me.name;
      const given = { now: Math.floor(now() / 60_000), side: begin.side, organisation, person: me.name };
      const { id } = await create(begin, template(kind, given));
      return go(id);
    },
  });
  const says: Record<Kind, { title: string; says: string }> = {
    fixed: {
      title: t`Fixed price, three milestones`,
      says: t`Design, build, launch: each delivered, judged and paid on its own.`,
    },
    result: {
      title: t`Pay by result: 70, 100 or 115 %`,
      says: t`Milestones pay 70 %. At the target it is all, at 120 % of it a bonus.`,
    },
    time: {
      title: t`A team for a time, with extension`,
      says: t`Two boxes of four weeks; the second can be ended or extended at a price.`,
    },
  };
  return (
    <div className="grid gap-3">
      {take.isError && <Failure error={take.error} />}
      <ul className="grid gap-3 md:grid-cols-3">
        {KINDS.map((kind) => (
          <li key={kind} className="grid content-between gap-3 rounded-xl border border-line p-4">
            <div>
              <h3 className="font-medium">{says[kind].title}</h3>
              <p className="text-sm text-muted">{says[kind].says}</p>
            </div>
            <Button
              busy={take.isPending && take.variables === kind}
              disabled={take.isPending}
              onClick={() => take.mutate(kind)}
              aria-label={t`Begin with this: ${says[kind].title}`}
            >
              <Trans>Begin with this</Trans>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
