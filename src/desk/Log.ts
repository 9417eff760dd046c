/**
 * Every decision and every correction, a line each, each line naming the hash of the one before: whoever holds the last
 * hash can tell whether anything was changed, left out or put in. That hash is the evidence of a delivery.
 *
 * A log may be sealed: the key that its first line names signs the last line of whatever is added at once. Another key
 * takes over by a line that the one before it sealed; what the old key seals afterwards is refused.
 */
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, truncateSync } from "node:fs";
import { Address, Hash, Hex, Secp256k1, Signature } from "ox";
import { both, type Words } from "../agreement/InputError.ts";

export const KINDS = [
  ...(["decision", "correction", "closed", "reopened", "escalated", "model"] as const),
  ...(["paused", "resumed", "opened", "key", "stopped"] as const),
] as const;
export type Kind = (typeof KINDS)[number];

export type Line = {
  readonly number: number;
  /** Unix seconds. */
  readonly at: number;
  readonly before: string;
  readonly kind: Kind;
  readonly what: Readonly<Record<string, unknown>>;
  readonly hash: string;
  /** Of a sealed line: whose signature over its hash. */
  readonly key?: string;
  readonly signature?: string;
};
export type Entry = Pick<Line, "kind" | "what">;

export const START = "0".repeat(64);

/** SHA-256 over the line without its own hash, in the order of its fields. */
function hashOf({ number, at, before, kind, what }: Omit<Line, "hash">): string {
  return createHash("sha256")
    .update(JSON.stringify([number, at, before, kind, what]))
    .digest("hex");
}

export type Verified = {
  readonly lines: readonly Line[];
  /** Hash of the last line. */
  readonly head: string;
  /** Number of the first line that is not as it was written. */
  readonly broken: number | undefined;
  readonly why?: Words;
};

/** A key that seals logs and nothing else: what it signs begins with words of its own. */
export type Key = { readonly address: string; readonly secret: Hex.Hex };

export function createKey(): Key {
  const secret = Secp256k1.randomPrivateKey();
  return { secret, address: addressOf(secret) };
}

export const addressOf = (secret: Hex.Hex): string =>
  Address.fromPublicKey(Secp256k1.getPublicKey({ privateKey: secret })).toLowerCase();

const payload = (hash: string): Hex.Hex => Hash.sha256(Hex.fromString(`commenda desk log\n${hash}`));

/** The lines that follow the last one. Sealed by the key, where there is one. */
export function chain(
  after: { readonly number: number; readonly head: string },
  entries: readonly Entry[],
  at: number,
  key?: Key,
): readonly Line[] {
  let { number, head } = after;
  return entries.map(({ kind, what }, index) => {
    const bare = { number: ++number, at, before: head, kind, what };
    head = hashOf(bare);
    if (!key || index < entries.length - 1) return { ...bare, hash: head };
    const signature = Signature.toHex(Secp256k1.sign({ payload: payload(head), privateKey: key.secret }));
    return { ...bare, hash: head, key: key.address, signature };
  });
}

/** Checks lines from the first on: the chain, the seals, that nothing was answered while paused or after the end. */
export function verify(given: Iterable<Line>): Verified {
  const lines: Line[] = [];
  let head = START;
  let [key, isPaused, isStopped]: [string | undefined, boolean, boolean] = [undefined, false, false];
  const broken = (why: Words): Verified => ({ lines, head, broken: lines.length + 1, why });
  let sealed = 0;
  for (const line of given) {
    if (line.number !== lines.length + 1 || line.before !== head || hashOf(line) !== line.hash) return broken(CHANGED);
    const { kind } = line;
    const what = line.what ?? {};
    if (kind === "opened") key = lines.length === 0 ? String(what.key) : key;
    if (line.signature !== undefined) {
      if (signerOf(line) !== key || line.key !== key) return broken(OTHER_KEY);
      sealed = line.number;
    }
    if (kind === "key") {
      if (line.signature === undefined) return broken(OTHER_KEY);
      key = String(what.key);
    }
    if (kind === "paused") isPaused = true;
    if (kind === "resumed") isPaused = false;
    if (kind === "stopped") isStopped = true;
    if (kind === "decision" && (isStopped || (isPaused && what.outcome === "answered"))) return broken(ASLEEP);
    lines.push(line);
    head = line.hash;
  }
  if (key !== undefined && sealed < lines.length) {
    const last = lines.slice(0, sealed);
    return { lines: last, head: last.at(-1)?.hash ?? START, broken: sealed + 1, why: UNSEALED };
  }
  return { lines, head, broken: undefined };
}

function signerOf({ hash, signature = "0x" }: Line): string | undefined {
  try {
    const parsed = Signature.fromHex(signature as Hex.Hex);
    return Secp256k1.recoverAddress({ payload: payload(hash), signature: parsed }).toLowerCase();
  } catch {
    return undefined;
  }
}

const CHANGED = both("it is not as it was written", "与写入时不符");
const OTHER_KEY = both("it is not sealed by the key that held then", "并非由当时有效的密钥签署");
const ASLEEP = both("the desk was paused or stopped then", "当时工单台已暂停或停用");
const UNSEALED = both("nothing seals it", "缺少签署");

/** Reads and checks a log's text. Of a last line that was cut off nothing is kept. */
export function parse(text: string): Verified {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const lines: Line[] = [];
  for (const row of whole.split("\n").slice(0, -1)) {
    let line: unknown;
    try {
      line = JSON.parse(row);
    } catch {
      line = undefined;
    }
    if (typeof line !== "object" || line === null) {
      const { lines: good, head, broken } = verify(lines);
      return { lines: good, head, broken: broken ?? good.length + 1, why: CHANGED };
    }
    lines.push(line as Line);
  }
  return verify(lines);
}

/** A line as it stands in a file. */
export const write = (line: Line): string => `${JSON.stringify(line)}\n`;

/** Reads and checks a log. */
export function read(file: string): Verified {
  return parse(existsSync(file) ? readFileSync(file, "utf8") : "");
}

/** Adds lines in one write. @returns the hash of the last. */
export function append(
  file: string,
  after: Pick<Verified, "lines" | "head">,
  entries: readonly Entry[],
  at: number,
): string {
  if (existsSync(file)) {
    const bytes = readFileSync(file);
    const whole = bytes.lastIndexOf(10) + 1;
    if (whole < bytes.length) truncateSync(file, whole);
  }
  const lines = chain({ number: after.lines.length, head: after.head }, entries, at);
  appendFileSync(file, lines.map(write).join(""));
  return lines.at(-1)?.hash ?? after.head;
}
