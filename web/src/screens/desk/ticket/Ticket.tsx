/** One ticket: what a person needs to go on with it, and the shortest way to the next. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Keyboard } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { keyOf, queries, useAsk, useCall } from "../../../Node.ts";
import { useMe } from "../../../Session.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Page } from "../../../ui/Page.tsx";
import { Failure, Shown } from "../../../ui/Waiting.tsx";
import { type Ticket as One, TICKET, TICKETS, useDesk, useIds, useRights } from "../Desk.ts";
import { useIntent } from "../Intent.ts";
import { Correction, type Hand } from "./Correction.tsx";
import { Draft, type DraftHand } from "./Draft.tsx";
import { Facts } from "./Facts.tsx";
import { Given } from "./Given.tsx";
import { Help } from "./Help.tsx";
import { Key } from "./Key.tsx";
import * as Next from "./Next.ts";
import { Similar } from "./Similar.tsx";
import { useKeys, useKeysOn } from "./useKeys.ts";
import { Why } from "./Why.tsx";
import { Words } from "./Words.tsx";

/** How many of the queue are known here: as many as one page has. */
const AHEAD = 200;

export function Ticket() {
  const { t } = useLingui();
  const ids = useIds();
  const { ticket = "" } = useParams({ strict: false });
  const answer = useAsk(TICKET, { ...ids, ticket });
  /** Stays while the page goes on to the next ticket, so that it is heard. */
  const [said, say] = useState("");
  const isIt = answer.data?.id === ticket;
  return (
    <>
      <p role="status" className="mx-auto w-full max-w-6xl px-4 pt-3 text-sm text-good empty:hidden sm:px-6">
        {said}
      </p>
      {isIt && answer.data ? (
        <Work key={ticket} ticket={answer.data} say={say} />
      ) : (
        <Page title={t`Ticket`}>
          <Shown answer={{ ...answer, data: undefined }} rows={4}>
            {() => null}
          </Shown>
        </Page>
      )}
    </>
  );
}

function Work({ ticket, say }: { ticket: One; say: (said: string) => void }) {
  const { t } = useLingui();
  const { write } = useRights();
  const { data: desk } = useDesk();
  const me = useMe();
  const named = { ...useIds(), ticket: ticket.id };
  const { number, state, guesses, answer, assignee } = ticket;
  const [isHelp, setHelp] = useState(false);
  const [isOn, turn] = useKeysOn();
  const correction = useRef<Hand>(null);
  const draft = useRef<DraftHand>(null);
  const go = useWays(ticket);
  const { correct, give, reopen, assign } = useVerbs(ticket, say, go, () => draft.current?.focus());
  /** What one has taken and does not do is others' again. */
  const skip = () => {
    if (assignee?.user === me.user) assign.mutate({ ...named, user: null });
    go.on();
  };
  useKeys(isOn, write ? guesses.length : 0, (action) => {
    if (action.do === "pick") correction.current?.pick(action.at);
    if (action.do === "other") correction.current?.other();
    if (action.do === "draft") draft.current?.focus();
    if (action.do === "next") skip();
    if (action.do === "previous") go.back();
    if (action.do === "queue") go.queue();
    if (action.do === "help") setHelp(true);
  });
  const error = correct.error ?? give.error ?? reopen.error;
  return (
    <Page
      title={t`Ticket ${number}`}
      actions={
        <>
          <Button onClick={go.back} disabled={!go.hasBack}>
            <Trans>Previous</Trans>
            <Key>K</Key>
          </Button>
          <Button onClick={skip}>
            <Trans>Next</Trans>
            <Key>J</Key>
          </Button>
          <Button onClick={() => setHelp(true)}>
            <Keyboard aria-hidden="true" className="size-4" />
            <Trans>Keys</Trans>
          </Button>
        </>
      }
    >
      {error !== null && <Failure error={error} />}
      <div className="grid items-start gap-5 lg:grid-cols-[1.6fr_1fr] lg:grid-rows-[auto_1fr]">
        <Words ticket={ticket} />
        <div className="lg:sticky lg:top-20 lg:col-start-2 lg:row-span-2">
          <Card title={t`Decision`}>
            <div className="grid gap-4">
              <Facts ticket={ticket} mayWrite={write} />
              {write && state !== "new" && (
                <Correction
                  guesses={guesses}
                  intents={desk?.intents ?? []}
                  chosen={ticket.intent}
                  busy={correct.isPending}
                  hand={correction}
                  send={(intent) => correct.mutate({ ...named, intent })}
                />
              )}
              {write && (state === "answered" || state === "solved") && (
                <Button busy={reopen.isPending} onClick={() => reopen.mutate(named)}>
                  <Trans>It came back: not solved</Trans>
                </Button>
              )}
            </div>
          </Card>
        </div>
        {answer && state !== "handed" && <Given answer={answer} language={ticket.language} />}
        {state === "handed" && (
          <Draft
            ticket={ticket}
            mayAnswer={write}
            busy={give.isPending}
            hand={draft}
            send={(text) => give.mutate({ ...named, text })}
          />
        )}
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Similar similar={ticket.packet.similar} />
        <Why ticket={ticket} />
      </div>
      <Help open={isHelp} close={() => setHelp(false)} isOn={isOn} turn={turn} />
    </Page>
  );
}

/** What a person does to a ticket, and where it leads. */
function useVerbs(ticket: One, say: (said: string) => void, go: Ways, toDraft: () => void) {
  const { t } = useLingui();
  const nameOf = useIntent();
  const ids = useIds();
  const me = useMe();
  const { id, number, state, assignee } = ticket;
  /** The intent that was sent: once the page has its draft, that is where one goes on. */
  const [sent, setSent] = useState<string>();
  const latest = useRef(toDraft);
  latest.current = toDraft;
  useEffect(() => {
    if (sent === undefined || ticket.intent !== sent || state !== "handed") return;
    setSent(undefined);
    latest.current();
  }, [sent, ticket.intent, state]);
  const correct = useCall(
    "POST /v1/organisations/{organisation}/desks/{desk}/tickets/{ticket}/correct",
    (corrected, { intent }) => {
      queries.setQueryData(keyOf(TICKET, { ...ids, ticket: id }), corrected);
      const name = nameOf(intent);
      say(t`Ticket ${number} is “${name}”. The next training learns it.`);
      setSent(intent);
    },
  );
  const next = useCall("POST /v1/organisations/{organisation}/desks/{desk}/next", ({ ticket: one }) => go.to(one?.id));
  const give = useCall("POST /v1/organisations/{organisation}/desks/{desk}/tickets/{ticket}/answer", () => {
    say(t`Ticket ${number} is answered.`);
    // Who takes tickets takes the next one too.
    if (assignee?.user === me.user) next.mutate(ids);
    else go.on();
  });
  const reopen = useCall("POST /v1/organisations/{organisation}/desks/{desk}/tickets/{ticket}/reopen", () =>
    say(t`Ticket ${number} waits for a person again.`),
  );
  const assign = useCall("POST /v1/organisations/{organisation}/desks/{desk}/tickets/{ticket}/assign");
  return { correct, give, reopen, assign };
}

type Ways = ReturnType<typeof useWays>;

/** To the ticket below, above, and back to the queue. */
function useWays({ id }: One) {
  const ids = useIds();
  const navigate = useNavigate();
  const { data } = useAsk(TICKETS, { ...ids, state: "handed", limit: AHEAD });
  const queue = (data?.items ?? []).map((one) => one.id);
  const [after, before] = [Next.after(queue, id), Next.before(queue, id)];
  // There at once when it is gone to: keys pressed on the way would be lost.
  useAsk(TICKET, { ...ids, ticket: after ?? "" }, { enabled: after !== undefined });
  const to = (ticket: string | undefined) =>
    void (ticket === undefined
      ? navigate({ to: "/desks/$organisation/$desk", params: ids })
      : navigate({ to: "/desks/$organisation/$desk/tickets/$ticket", params: { ...ids, ticket } }));
  return {
    to,
    on: () => to(after),
    back: () => before !== undefined && to(before),
    hasBack: before !== undefined,
    queue: () => to(undefined),
  };
}
