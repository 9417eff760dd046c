/** Calls and logs of our contracts, by their artifacts. */
import { AbiConstructor, AbiError, AbiEvent, AbiFunction } from "ox";
import { artifact, type Name } from "./Artifact.ts";
import type { Hex, Log } from "./Ledger.ts";

/** Calldata of a function. */
export function encode(contract: Name, name: string, args: readonly unknown[] = []): Hex {
  const item = AbiFunction.fromAbi(artifact(contract).abi, name as never) as AbiFunction.AbiFunction;
  return AbiFunction.encodeData(item, args as never);
}

/** What a function answered. One value as itself, several as an array or, named, as an object. */
export function decode(contract: Name, name: string, data: Hex): unknown {
  const item = AbiFunction.fromAbi(artifact(contract).abi, name as never) as AbiFunction.AbiFunction;
  return AbiFunction.decodeResult(item, data);
}

/** The function that calldata calls, by name, with its named arguments; nothing if it is none of the contract's. */
export function calldata(contract: Name, data: Hex): { name: string; args: Record<string, unknown> } | undefined {
  for (const item of artifact(contract).abi) {
    if (item.type !== "function") continue;
    const found = item as AbiFunction.AbiFunction;
    if (!data.startsWith(AbiFunction.getSelector(found))) continue;
    const values = (AbiFunction.decodeData(found, data) ?? []) as readonly unknown[];
    const args = found.inputs.map((input, k): [string, unknown] => [input.name ?? String(k), values[k]]);
    return { name: found.name, args: Object.fromEntries(args) };
  }
  return undefined;
}

/** Code and constructor arguments of a deployment. */
export function deployment(contract: Name, args: readonly unknown[] = []): Hex {
  const { abi, bytecode } = artifact(contract);
  if (args.length === 0) return bytecode;
  return AbiConstructor.encode(AbiConstructor.fromAbi(abi), { bytecode, args: args as never });
}

/** The error that reverted data stands for, by name, with its named arguments; nothing if it is none of the contract's. */
export function error(contract: Name, data: Hex): { name: string; args: Record<string, unknown> } | undefined {
  for (const item of artifact(contract).abi) {
    if (item.type !== "error" || !data.startsWith(AbiError.getSelector(item as AbiError.AbiError))) continue;
    const found = item as AbiError.AbiError;
    const decoded = AbiError.decode(found, data) as unknown;
    const values = found.inputs.length === 1 ? [decoded] : ((decoded ?? []) as readonly unknown[]);
    const args = found.inputs.map((input, k): [string, unknown] => [input.name ?? String(k), values[k]]);
    return { name: found.name, args: Object.fromEntries(args) };
  }
  return undefined;
}

/** The event of a log, by name, with its named arguments; nothing if it is none of the contract's. */
export function event(contract: Name, log: Log): { name: string; args: Record<string, unknown> } | undefined {
  const found = eventsOf(contract).get(log.topics[0] ?? "0x");
  if (!found) return undefined;
  const args = AbiEvent.decode(found, { topics: [...log.topics] as [Hex, ...Hex[]], data: log.data });
  return { name: found.name, args: (args ?? {}) as Record<string, unknown> };
}

const events = new Map<Name, ReadonlyMap<Hex, AbiEvent.AbiEvent>>();

/** By selector: hashing a signature for each log takes longer than all else that is done with it. */
function eventsOf(contract: Name): ReadonlyMap<Hex, AbiEvent.AbiEvent> {
  const known = events.get(contract);
  if (known) return known;
  const items = artifact(contract).abi.filter(({ type }) => type === "event") as AbiEvent.AbiEvent[];
  const found = new Map(
    items.map((item) => [AbiEvent.getSelector(item), { ...item, hash: AbiEvent.getSelector(item) }]),
  );
  events.set(contract, found);
  return found;
}
