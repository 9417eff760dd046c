/** Who is signed in, for which organisation, and what this node is. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useEvents } from "./Events.ts";
import { isSignedOut, type Output, useAsk } from "./Node.ts";

export type Me = Output<"GET /v1/me">;
export type Organisation = Me["organisations"][number];
export type NodeInfo = Output<"GET /v1/node">;

export type Session = {
  node: NodeInfo;
  /** Absent: signed out. */
  me: Me | undefined;
  /** The one that the person acts for. */
  organisation: Organisation | undefined;
  actFor: (organisation: string) => void;
  /** The ledger's clock, in milliseconds: ahead of ours where a rehearsal moved it. */
  now: () => number;
  /** The session ended while this person was at work: they sign in again where they are. */
  ended: boolean;
};

const KEPT = "commenda.organisation";
const Current = createContext<Session | undefined>(undefined);

/** Shows `waiting` until it is known who is there; `failed` where the node does not answer. */
export function SessionProvider({
  children,
  waiting,
  failed,
}: {
  children: ReactNode;
  waiting: ReactNode;
  failed: (error: unknown, again: () => void) => ReactNode;
}) {
  const node = useAsk("GET /v1/node", {}, { every: 60_000 });
  const me = useAsk("GET /v1/me", {});
  const [chosen, choose] = useState(() => localStorage.getItem(KEPT));
  // Asked again, a query without an answer forgets its error: who was signed out stays so until it is known better.
  const wasOut = useRef(false);
  const out = isSignedOut(me.error) || (wasOut.current && me.isFetching && me.data === undefined);
  useEffect(() => {
    wasOut.current = out;
  }, [out]);
  useEvents(out ? undefined : me.data?.user);
  const session = useMemo((): Session | undefined => {
    if (!node.data || (!me.data && !out)) return undefined;
    const { organisations = [] } = me.data ?? {};
    // A firm before the person's own: that is what most people act for.
    const firm = organisations.find(({ personal }) => !personal) ?? organisations[0];
    const ahead = new Date(node.data.ledger.now).getTime() - node.dataUpdatedAt;
    return {
      node: node.data,
      me: me.data,
      organisation: organisations.find(({ id }) => id === chosen) ?? firm,
      actFor(organisation) {
        localStorage.setItem(KEPT, organisation);
        choose(organisation);
      },
      now: () => Date.now() + ahead,
      ended: out && me.data !== undefined,
    };
  }, [node.data, node.dataUpdatedAt, me.data, out, chosen]);
  if (session) return <Current value={session}>{children}</Current>;
  const error = node.error ?? (out ? undefined : me.error);
  return error ? failed(error, () => void Promise.all([node.refetch(), me.refetch()])) : waiting;
}

export function useSession(): Session {
  const session = useContext(Current);
  if (!session) throw new Error("no SessionProvider above");
  return session;
}

/** For pages that only who is signed in can see. */
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error("this page is for who is signed in");
  return me;
}
