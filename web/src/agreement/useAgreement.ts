/** The agreement of the page's address, as the node has it. */
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { type Output, useAsk } from "../Node.ts";
import { useSession } from "../Session.tsx";

export type Full = Output<"GET /v1/agreements/{agreement}">;
export type Side = "client" | "provider";

export function useAgreementId(): string {
  const { agreement = "" } = useParams({ strict: false });
  return agreement;
}

export function useAgreement() {
  const agreement = useAgreementId();
  return useAsk("GET /v1/agreements/{agreement}", { agreement });
}

/** Whether its document can still be changed. */
export const isOpen = ({ status }: Pick<Full, "status">): boolean => status === "draft" || status === "offered";

/** The side that the caller's seat is on; an arbitrator or a reader is on none. */
export const sideOf = ({ mine }: Pick<Full, "mine">): Side | undefined =>
  mine.find((role): role is Side => role === "client" || role === "provider");

/** The ledger's minute at which the page was opened: a document is not judged anew every minute. */
export function useMinuteOfPage(): number {
  const { now } = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for the page
  return useMemo(() => Math.floor(now() / 60_000), []);
}
