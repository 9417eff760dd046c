/** Stages as the node names them. */
const OVER: ReadonlySet<string> = new Set(["paid", "ended", "terminated", "closed"]);
const IN_DISPUTE: ReadonlySet<string> = new Set([
  "contestedByClient",
  "contestedByProvider",
  "contestedUndelivered",
  "disputed",
  "arbitrated",
]);
export const isOver = (stage: string): boolean => OVER.has(stage);
export const isInDispute = (stage: string): boolean => IN_DISPUTE.has(stage);
