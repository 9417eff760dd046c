/** The compiled contracts, as committed: nobody who uses Commenda compiles. */
import { readFileSync } from "node:fs";
import type { Abi } from "ox";
import type { Hex } from "./Ledger.ts";

export type Name =
  | "AccountFactory"
  | "Annex"
  | "Escrow"
  | "EscrowReader"
  | "EvidenceBoard"
  | "ListedToken"
  | "Panel"
  | "PasskeyAccount"
  | "RehearsalToken"
  | "SignedReports";
export type Artifact = { readonly abi: Abi.Abi; readonly bytecode: Hex; readonly deployedBytecode: Hex };

const read = new Map<Name, Artifact>();

export function artifact(name: Name): Artifact {
  const known = read.get(name);
  if (known) return known;
  const file = new URL(`../../contracts/artifacts/${name}.json`, import.meta.url);
  const { abi, bytecode, deployedBytecode } = JSON.parse(readFileSync(file, "utf8")) as Artifact;
  const fresh = { abi, bytecode, deployedBytecode };
  read.set(name, fresh);
  return fresh;
}
