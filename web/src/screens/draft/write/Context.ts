/** What every field of the draft shares: the document as typed, its problems, what is said about it, and how it changes. */
import { createContext, useContext } from "react";
import type * as Paper from "../../../agreement/Paper.ts";
import type { Full, Side } from "../../../agreement/useAgreement.ts";
import type { Words } from "../../../Language.tsx";
import type { Output } from "../../../Node.ts";

export type Comment = Output<"GET /v1/agreements/{agreement}/comments">["items"][number];
export type Trouble = { field: string; isMissing: boolean; says: Words };

export type Writer = {
  agreement: Full;
  document: Paper.Paper;
  /** The caller's side; absent for who only reads along. */
  side: Side | undefined;
  edit: (change: (paper: Paper.Paper) => Paper.Paper) => void;
  troubles: readonly Trouble[];
  comments: readonly Comment[];
  /** Opens what is said about a field. */
  talk: (field: string) => void;
};

export const Writing = createContext<Writer | undefined>(undefined);

export function useWriter(): Writer {
  const writer = useContext(Writing);
  if (!writer) throw new Error("no draft above");
  return writer;
}
