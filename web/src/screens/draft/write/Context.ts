/**
 * What every field of the draft shares: the document as typed, its problems, what is said about it, and how it changes.
 * A field is drawn anew only when what it shows changes: a draft has hundreds of them, and typing must not wait.
 */
import { createContext, useContext, useSyncExternalStore } from "react";
import type * as Paper from "../../../agreement/Paper.ts";
import type { Full, Side } from "../../../agreement/useAgreement.ts";
import type { Words } from "../../../Language.tsx";
import type { Output } from "../../../Node.ts";

export type Comment = Output<"GET /v1/agreements/{agreement}/comments">["items"][number];
export type Trouble = { field: string; isMissing: boolean; says: Words };

/** What a draft is at one moment. */
export type Moment = { document: Paper.Paper; troubles: readonly Trouble[]; comments: readonly Comment[] };

export type Store = {
  get: () => Moment;
  set: (change: Partial<Moment>) => void;
  subscribe: (listen: () => void) => () => void;
};

export function storeOf(first: Moment): Store {
  let moment = first;
  const listeners = new Set<() => void>();
  return {
    get: () => moment,
    set(change) {
      const names = Object.keys(change) as (keyof Moment)[];
      if (names.every((name) => change[name] === moment[name])) return;
      moment = { ...moment, ...change };
      for (const listen of listeners) listen();
    },
    subscribe(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}

export type Writer = {
  agreement: Full;
  /** The caller's side; absent for who only reads along. */
  side: Side | undefined;
  edit: (change: (paper: Paper.Paper) => Paper.Paper) => void;
  /** Opens what is said about a field. */
  talk: (field: string) => void;
  store: Store;
};

export const Writing = createContext<Writer | undefined>(undefined);

export function useWriter(): Writer {
  const writer = useContext(Writing);
  if (!writer) throw new Error("no draft above");
  return writer;
}

/** A part of the moment: a text, a number, a truth, or an object of it. Drawn anew when that is another. */
export function usePart<T>(read: (moment: Moment) => T): T {
  const { store } = useWriter();
  return useSyncExternalStore(store.subscribe, () => read(store.get()));
}
