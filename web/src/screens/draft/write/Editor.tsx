/** The draft at work: views on the left, clauses on the right; on a phone one after the other. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useRouterState } from "@tanstack/react-router";
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from "react";
import type * as Paper from "../../../agreement/Paper.ts";
import { type Full, sideOf } from "../../../agreement/useAgreement.ts";
import { useRows } from "../../../Node.ts";
import { Badge } from "../../../ui/Badge.tsx";
import { Text } from "../forms/Text.tsx";
import { Clauses } from "./Clauses.tsx";
import { Conflict } from "./Conflict.tsx";
import { storeOf, type Writer, Writing } from "./Context.ts";
import { Effect, Effects } from "./Effects.tsx";
import { reach } from "./reach.ts";
import { SaveBar } from "./SaveBar.tsx";
import { type Section, sectionOf } from "./Sections.ts";
import { Talk } from "./Talk.tsx";
import { ToDo } from "./ToDo.tsx";
import { useDraft } from "./useDraft.ts";
import { Views } from "./Views.tsx";

type Shown = "todo" | "clauses" | "text" | "endings";

export function Editor({ agreement }: { agreement: Full }) {
  const { t } = useLingui();
  const draft = useDraft(agreement);
  const side = sideOf(agreement);
  const [shown, show] = useState<Shown>("todo");
  const [open, setOpen] = useState<ReadonlySet<Section>>(new Set(["milestones"]));
  const [talked, talk] = useState<string>();
  const comments = useRows("GET /v1/agreements/{agreement}/comments", { agreement: agreement.id, limit: 200 });
  const toggle = useCallback((section: Section, isNow: boolean) => {
    setOpen((old) => {
      if (old.has(section) === isNow) return old;
      const next = new Set(old);
      if (isNow) next.add(section);
      else next.delete(section);
      return next;
    });
  }, []);
  const go = useCallback(
    (field: string) => {
      const section = sectionOf(field);
      if (section === "text") show("text");
      else {
        toggle(section, true);
        if (!window.matchMedia("(min-width: 64rem)").matches) show("clauses");
      }
      reach(field);
    },
    [toggle],
  );
  const hash = useRouterState({ select: ({ location }) => location.hash });
  useEffect(() => {
    if (hash !== "") go(decodeURIComponent(hash));
  }, [hash, go]);
  const { writing, edit: change, troubles } = draft;
  const [store] = useState(() => storeOf({ document: writing.document, troubles, comments: [] }));
  const edit = useCallback(
    (how: (paper: Paper.Paper) => Paper.Paper) => store.set({ document: change(how) }),
    [change, store],
  );
  useLayoutEffect(() => {
    store.set({ document: writing.document, troubles });
  }, [store, writing.document, troubles]);
  useLayoutEffect(() => {
    if (comments.rows) store.set({ comments: comments.rows });
  }, [store, comments.rows]);
  const writer = useMemo((): Writer => ({ agreement, side, edit, talk, store }), [agreement, side, edit, store]);
  const left = shown === "clauses" ? "todo" : shown;
  const views = [
    { name: "todo" as const, title: <Counted title={t`To do`} count={troubles.length} /> },
    { name: "clauses" as const, title: t`Clauses`, more: "lg:hidden" },
    { name: "text" as const, title: t`Text` },
    { name: "endings" as const, title: t`Endings` },
  ];
  return (
    <Writing value={writer}>
      {draft.behind && <Conflict agreement={agreement} draft={draft} />}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.25fr)]">
        <div className="lg:sticky lg:top-16 lg:max-h-[calc(100dvh-9rem)] lg:overflow-y-auto lg:self-start lg:pr-2 lg:pb-2">
          <Views label={t`Parts of the draft`} views={views} shown={shown} show={show}>
            <div className={shown === "clauses" ? "hidden lg:block" : ""}>
              {left === "todo" && <ToDo go={go} />}
              {left === "text" && <Text />}
              {left === "endings" && <Effects judged={draft.judged} typed={draft.typed} mine={side} go={go} />}
            </div>
          </Views>
        </div>
        <div className={`grid content-start gap-3 ${shown === "clauses" ? "" : "max-lg:hidden"}`}>
          <h2 className="sr-only">
            <Trans>Clauses</Trans>
          </h2>
          <div className="lg:sticky lg:top-16 lg:z-10">
            <Effect draft={draft} mine={side} show={() => show("endings")} />
          </div>
          <Clauses open={open} toggle={toggle} />
        </div>
      </div>
      {side && <SaveBar agreement={agreement} draft={draft} />}
      <Talk
        agreement={agreement.id}
        version={agreement.version}
        field={talked}
        comments={comments.rows ?? []}
        close={() => talk(undefined)}
      />
    </Writing>
  );
}

function Counted({ title, count }: { title: string; count: number }) {
  return (
    <>
      {title} {count > 0 && <Badge tone="warn">{count}</Badge>}
    </>
  );
}
