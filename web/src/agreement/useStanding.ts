/** Where the agreement of the address stands on the ledger, and what both wrote. */
import type * as Terms from "../../../src/agreement/Terms.ts";
import { type Output, useAsk } from "../Node.ts";
import { type Full, useAgreementId } from "./useAgreement.ts";

export type Agreement = Full;
export type Standing = Output<"GET /v1/agreements/{agreement}/standing">;
export type Tranche = Standing["tranches"][number];
export type Fact = Output<"GET /v1/agreements/{agreement}/facts">["items"][number];
export type Document = Terms.Terms;

/** Name of the outcome among the milestones. */
export const OUTCOME = "outcome";
const ON_LEDGER: ReadonlySet<Agreement["status"]> = new Set(["open", "closed", "replaced"]);

export const isOnLedger = ({ status }: Pick<Agreement, "status">): boolean => ON_LEDGER.has(status);

/** Of one on the ledger. */
export function useStanding({ enabled = true } = {}) {
  const agreement = useAgreementId();
  return useAsk("GET /v1/agreements/{agreement}/standing", { agreement }, { enabled });
}

/** The document, where it is complete: the node has judged it, so its form is known. */
export const documentOf = ({ document, problems }: Agreement): Document | undefined =>
  problems.length === 0 ? (document as unknown as Document) : undefined;

/** Whether a criterion of a milestone is run by code, for both sides; of any milestone where none is named. */
export function isCoded({ document }: Pick<Agreement, "document">, milestone?: string): boolean {
  const { milestones = [], criteria = [] } = document as {
    milestones?: readonly { name?: string; criteria?: readonly string[] }[];
    criteria?: readonly { name?: string; run?: unknown }[];
  };
  const named = milestones.find(({ name }) => name === milestone)?.criteria ?? [];
  return criteria.some(({ name, run }) => run !== undefined && (milestone === undefined || named.includes(name ?? "")));
}
