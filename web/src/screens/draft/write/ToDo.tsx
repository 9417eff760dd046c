/** What is still missing or wrong, as a list to work off; a click goes to the field. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ArrowRight } from "lucide-react";
import { memo, useDeferredValue, useMemo } from "react";
import { useFieldName } from "../../../agreement/FieldName.tsx";
import * as Paper from "../../../agreement/Paper.ts";
import { useMinuteOfPage } from "../../../agreement/useAgreement.ts";
import { useKept } from "../../../Kept.ts";
import { useSay } from "../../../Language.tsx";
import { useMe } from "../../../Session.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Note } from "../../../ui/Note.tsx";
import * as Imported from "../begin/Imported.ts";
import { type Trouble, usePart, useWriter } from "./Context.ts";
import { usual } from "./Usual.ts";

export const ToDo = memo(function ToDo({ go }: { go: (field: string) => void }) {
  const { t } = useLingui();
  const { agreement } = useWriter();
  // A list that comes a moment later must not hold up who types.
  const { troubles, document } = useDeferredValue(usePart((moment) => moment));
  const [imported, keep] = useKept(Imported.nameOf(agreement.id), Imported.NOTHING);
  const unclear = imported.gaps.filter(
    ({ field }) =>
      Paper.textAt(document, field) === "" &&
      !troubles.some((one) => Paper.isWithin(field, one.field) || one.field === field),
  );
  const leave = (field: string) => keep({ ...imported, gaps: imported.gaps.filter((gap) => gap.field !== field) });
  return (
    <div className="grid gap-4">
      <Usual />
      {troubles.length === 0 ? (
        <Note tone="good" role="status" title={t`Nothing is missing and nothing is wrong`}>
          <Trans>Look at the endings, then save and send it to the other side.</Trans>
        </Note>
      ) : (
        <ul className="grid gap-1">
          {troubles.map((trouble) => (
            <Item
              key={`${trouble.field} ${trouble.says.en}`}
              trouble={trouble}
              gap={imported.gaps.find(({ field }) => field === trouble.field)}
              go={go}
            />
          ))}
        </ul>
      )}
      {unclear.length > 0 && (
        <section>
          <h3 className="mb-1 text-sm font-semibold">
            <Trans>Also not found in {imported.file}, and not needed</Trans>
          </h3>
          <ul className="grid gap-1">
            {unclear.map(({ field, what }) => (
              <Unclear key={field} field={field} what={what} go={go} leave={leave} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
});

function Item({ trouble, gap, go }: { trouble: Trouble; gap: Imported.Gap | undefined; go: (field: string) => void }) {
  const say = useSay();
  const nameOf = useFieldName();
  const { field, says, isMissing } = trouble;
  return (
    <li>
      <button
        type="button"
        onClick={() => go(field)}
        className="flex w-full items-start gap-2 rounded-lg px-2 py-1.5 text-left text-sm hover:bg-sunken"
      >
        <span
          aria-hidden="true"
          className={`mt-1.5 size-2.5 shrink-0 rounded-full border-2 ${isMissing ? "border-warn" : "border-bad bg-bad"}`}
        />
        <span className="min-w-0 flex-1">
          <span className="font-medium">{nameOf(field)}</span>
          <span className="block text-xs text-muted">
            {isMissing ? gap ? say(gap.what) : <Trans>Still missing.</Trans> : say(says)}
          </span>
          {gap?.places?.map(({ block, start, text }) => (
            <span key={`${block} ${start}`} className="block text-xs text-muted">
              “{text.slice(0, 160)}”
            </span>
          ))}
        </span>
        <ArrowRight aria-hidden="true" className="mt-1 size-4 shrink-0 text-muted" />
      </button>
    </li>
  );
}

type UnclearProps = {
  field: string;
  what: Imported.Gap["what"];
  go: (field: string) => void;
  leave: (field: string) => void;
};

function Unclear({ field, what, go, leave }: UnclearProps) {
  const say = useSay();
  const nameOf = useFieldName();
  return (
    <li className="flex flex-wrap items-center gap-x-2 px-2 text-sm">
      <button type="button" onClick={() => go(field)} className="min-h-8 min-w-0 flex-1 text-left hover:underline">
        {nameOf(field)} <span className="text-muted">· {say(what)}</span>
      </button>
      <Button look="quiet" onClick={() => leave(field)}>
        <Trans>Leave it out</Trans>
      </Button>
    </li>
  );
}

/** Answers that most deals give, for what nobody has answered: put in only by a click. */
function Usual() {
  const me = useMe();
  const nameOf = useFieldName();
  const { edit, side, agreement } = useWriter();
  const document = useDeferredValue(usePart((moment) => moment.document));
  const now = useMinuteOfPage();
  const organisation = agreement.seats.find(({ role }) => role === side)?.name ?? me.name;
  const given = useMemo(() => ({ now, side, organisation, person: me.name }), [now, side, organisation, me.name]);
  const { fields } = useMemo(() => usual(document, given), [document, given]);
  const count = fields.length;
  if (count === 0 || side === undefined) return null;
  return (
    <Note
      title={<Plural value={count} one="# field has a usual answer" other="# fields have a usual answer" />}
      actions={
        <Button look="primary" onClick={() => edit((paper) => usual(paper, given).document)}>
          <Trans>Fill them in</Trans>
        </Button>
      }
    >
      <p>
        <Trans>
          No tax, a week to review and to mend, one milestone after the other, the same name in both languages, and so
          on. You can change every one.
        </Trans>
      </p>
      <details>
        <summary className="inline-flex min-h-8 items-center text-accent">
          <Trans>Which ones</Trans>
        </summary>
        <p className="text-xs text-muted">{fields.map(nameOf).join("; ")}</p>
      </details>
    </Note>
  );
}
