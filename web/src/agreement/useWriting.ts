/** What is typed into a draft and not saved yet: kept in this tab, whatever page is gone to. */
import { useKept } from "../Kept.ts";
import { type Paper, same } from "./Paper.ts";
import type { Full } from "./useAgreement.ts";

export type Writing = {
  /** Number and document of the version that it was begun on. */
  base: number;
  from: Paper;
  document: Paper;
};

/** The document as typed; that of the latest version where nothing was. The third forgets it. */
export function useWriting({ id, version, document }: Full) {
  return useKept<Writing>(`draft.${id}`, { base: version, from: document, document });
}

/** Whether anything was typed that the version does not say. */
export const isTyped = ({ from, document }: Writing): boolean => !same(from, document);
