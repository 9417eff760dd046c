export * as Artifact from "./Artifact.ts";
export * as Auth from "./Auth.ts";
export * as Errors from "./Errors.ts";
export * as Escrow from "./Escrow.ts";
export * as Fact from "./Fact.ts";
export type * as Ledger from "./Ledger.ts";
export * as Rehearsal from "./Rehearsal.ts";
export * as Signer from "./Signer.ts";
