/**
 * A pack: all that proves what was agreed and what happened, in one file that anyone can keep and check without us. It
 * has the terms (or only what the ledger enforces of them), the signatures, every act with its transaction, receipt,
 * header and proofs, the facts that follow, and the hashes of the evidence.
 */
export { make } from "./pack/collect.ts";
export { agreementOf, MAX_BYTES, type Pack, read, write } from "./pack/Form.ts";
export { sound, verify } from "./pack/verify.ts";
