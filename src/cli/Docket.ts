/**
 * What a runner elsewhere judges for: agreements of a node, what was delivered in them, and all that a run needs, fetched
 * to this disk. What the node says is held against the terms and the signatures before anything rests on it.
 */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type * as Child from "../acceptance/Child.ts";
import * as Folder from "../acceptance/Folder.ts";
import { Criterion, Errors, InputError, Terms, Tree, Verdict } from "../agreement/index.ts";
import type { Client, Output } from "../api/client.ts";
import { UsageError } from "./Errors.ts";

const { both } = InputError;

export type Standing = Output<"GET /v1/agreements/{agreement}/acceptance">["items"][number];
export type Case = {
  readonly agreement: string;
  readonly terms: Terms.Terms;
  readonly ledgerId: string;
  readonly items: readonly Standing[];
};
type Side = "client" | "provider";

/** An agreement with where its milestones stand. Throws `UsageError` where its terms are not what both signed. */
export async function open(client: Client, agreement: string): Promise<Case | undefined> {
  const shown = await client.call("GET /v1/agreements/{agreement}", { agreement });
  const checked = Terms.check(shown.document);
  if (!("terms" in checked) || shown.ledgerId === undefined) return undefined;
  const { terms } = checked;
  const ledgerId = Terms.hash(terms);
  if (ledgerId !== shown.ledgerId) {
    throw new UsageError(
      both(
        `The node shows terms of ${ledgerId} for agreement ${shown.ledgerId}. Nothing was run. Ask its operator.`,
        `节点为协议 ${shown.ledgerId} 给出的条款哈希为 ${ledgerId}。未作任何运行，请联系运营者。`,
      ),
    );
  }
  const { items } = await client.call("GET /v1/agreements/{agreement}/acceptance", { agreement });
  return { agreement, terms, ledgerId, items };
}

/** All agreements on the ledger that the caller sits in. */
export async function list(client: Client): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await client.call("GET /v1/agreements", { status: "open", ...(after ? { after } : {}), limit: 200 });
    ids.push(...page.items.map(({ id }) => id));
    after = page.next;
    if (after === undefined) return ids;
  }
}

/** For which side a key speaks, by the terms. */
export function sideOf(terms: Terms.Terms, address: string): Side | undefined {
  const speaks = (side: Side) => {
    const { address: party, delegate } = terms.parties[side];
    return [party, delegate].some((one) => one?.toLowerCase() === address.toLowerCase());
  };
  return (["client", "provider"] as const).find(speaks);
}

export type Asked = { readonly milestone: string; readonly criterion: string };
export type Options = {
  /** Beginnings of addresses that commits are fetched from beside HTTPS and SSH. */
  readonly allow?: readonly string[];
  readonly cache?: string;
  readonly registry?: string;
  readonly unconfined?: boolean;
  /** Unix seconds. */
  readonly now: number;
};

/** A run by the terms, with its folders in `place`. Nothing while its sealed part may still be shown. */
export async function order(
  client: Client,
  one: Case,
  { milestone, criterion: name }: Asked,
  place: string,
  { allow = [], ...options }: Options,
): Promise<Child.Order | undefined> {
  const { agreement, terms, items } = one;
  const item = items.find((each) => each.milestone === milestone);
  const criterion = terms.criteria.find((each) => each.name === name);
  const tranche = terms.milestones.findIndex((each) => each.name === milestone);
  if (!item?.subject || !criterion?.run || criterion.suite === undefined) return undefined;
  const sealed = Criterion.sealedOf(criterion, item.round);
  const shown = sealed ? await shownOf(client, one, sealed, place) : undefined;
  if (shown === "hidden") return undefined;
  const kept = await foldersOf(client, agreement);
  const fetch = (purpose: string, hash: string, to: string) => {
    const found = kept.find((each) => each.hash === hash && each.purpose === purpose);
    if (!found) throw missing(purpose, hash);
    return folder(client, { agreement, id: found.id, hash }, join(place, to));
  };
  const inputs: Record<string, string> = {};
  for (const { name, hash } of criterion.run.inputs) inputs[name] = await fetch("input", hash, `input-${name}`);
  const { subject, repository = "", round } = item;
  return {
    ...{ ...options, criterion, inputs, of: { agreement: one.ledgerId, tranche, round } },
    ...(shown ? { shown } : {}),
    suite: await fetch("suite", criterion.suite, "suite"),
    delivery:
      subject.kind === "tree"
        ? { folder: await fetch("work", subject.hash, "work") }
        : { ...allowed(repository, allow), commit: subject.hash },
  };
}

/** The other party wrote the address: only what says who it is, and what was allowed here. */
function allowed(repository: string, allow: readonly string[]) {
  if (allow.some((beginning) => repository.startsWith(beginning))) return { repository };
  if (/^(https|ssh):\/\/|^[^/\s:@]+@[^/\s:]+:/i.test(repository)) return { repository, protocols: "https:ssh" };
  const found = InputError.show(repository);
  throw new UsageError(
    both(
      `repository: found ${found}, expected https:// or ssh://. Allow it by --allow ${found} if it is yours to read.`,
      `repository：现为 ${found}，应为 https:// 或 ssh:// 地址。如可放行，请使用 --allow ${found}。`,
    ),
  );
}

async function shownOf(client: Client, { agreement }: Case, sealed: Criterion.Sealed, place: string) {
  const { items } = await client.call("GET /v1/agreements/{agreement}/sealed", { agreement });
  const found = items.find(({ commitment }) => commitment === sealed.commitment);
  if (found?.state === "late") return undefined;
  if (found?.state !== "shown" || found.part === undefined || found.salt === undefined) return "hidden" as const;
  const { part, reference, salt } = found;
  return {
    part: await folder(client, { agreement, id: part }, join(place, "sealed", "part")),
    ...(reference === undefined
      ? {}
      : { reference: await folder(client, { agreement, id: reference }, join(place, "sealed", "reference")) }),
    salt,
  };
}

async function foldersOf(client: Client, agreement: string) {
  const folders: Output<"GET /v1/agreements/{agreement}/folders">["items"] = [];
  for (let after: string | undefined; ; ) {
    const page = await client.call("GET /v1/agreements/{agreement}/folders", {
      ...{ agreement, limit: 200 },
      ...(after ? { after } : {}),
    });
    folders.push(...page.items);
    after = page.next;
    if (after === undefined) return folders;
  }
}

/** Writes a folder of the node. Throws `BadFolder`, and `UsageError` where it is not what it is said to be. */
async function folder(
  client: Client,
  { agreement, id, hash }: { agreement: string; id: string; hash?: string },
  place: string,
): Promise<string> {
  const { files } = await client.call("GET /v1/agreements/{agreement}/folders/{folder}/content", {
    ...{ agreement, folder: id },
  });
  mkdirSync(place, { recursive: true });
  for (const { path, content, executable } of files) {
    // Written by others: it stays within its place.
    if (!Tree.isPath(path))
      throw new UsageError(new Errors.WrongForm({ field: "path", found: path, expected: PATH }).words);
    const file = join(place, ...path.split("/"));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(content, "base64"));
    chmodSync(file, executable ? 0o755 : 0o644);
  }
  const found = Folder.read(place).hash;
  if (hash !== undefined && found !== hash) throw missing("folder", hash);
  return place;
}

const PATH = both("a path within its folder", "文件夹内的路径");

const missing = (purpose: string, hash: string) =>
  new UsageError(
    both(
      `The node has no ${purpose} ${hash}. Put it there (folder.put), or ask the other side to.`,
      `节点中没有 ${purpose} ${hash}。请上传（folder.put），或请对方上传。`,
    ),
  );

/** Both sides' verdicts of a milestone's round, those whose signatures are good, the last of each. */
export async function verdicts(client: Client, { agreement, terms }: Case, { milestone, round }: Standing) {
  const { items } = await client.call("GET /v1/agreements/{agreement}/verdicts", { agreement, limit: 200 });
  const domain = Terms.domain(terms);
  const good: Record<Side, Verdict.Verdict[]> = { client: [], provider: [] };
  // Newest first: of two attempts the later counts.
  for (const one of items.filter((each) => each.milestone === milestone && each.round === round)) {
    const shown = await client.call("GET /v1/agreements/{agreement}/verdicts/{verdict}", {
      ...{ agreement, verdict: one.id },
    });
    const signed = Verdict.parseSigned(shown.signed);
    const side = Verdict.sideOf(domain, terms, signed);
    const isFirst = side && !good[side].some(({ criterion }) => criterion === signed.verdict.criterion);
    if (side && isFirst) good[side].push(signed.verdict);
  }
  return good;
}

/** What both sides' verdicts come to, by these signatures alone. */
export async function settled(client: Client, one: Case, item: Standing): Promise<Verdict.Settlement> {
  return Verdict.settle(item.criteria, one.terms.criteria, await verdicts(client, one, item));
}
