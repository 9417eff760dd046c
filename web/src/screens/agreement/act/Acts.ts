/**
 * The acts that were begun in this tab, and what carries them on: each is kept before anything is sent, asked for by one
 * key however often, and followed to its end whatever page is open. Nobody else writes the key of the storage.
 */
import { useCallback, useSyncExternalStore } from "react";
import { ProblemError } from "../../../../../src/api/client.ts";
import { client, type Input, isPassing, isSignedOut, type Output, refresh } from "../../../Node.ts";
import * as Progress from "./Progress.ts";

const KEPT = "commenda.acts";
type Wanted = Input<"POST /v1/agreements/{agreement}/acts">["act"];
export type Prepared = Output<"POST /v1/agreements/{agreement}/acts/prepare">;
/** A signature of what was prepared; none where the node keeps the key. Throws what the wallet or passkey throws. */
export type Signer = (prepared: Prepared) => Promise<{ signature?: string; by: Progress.SignedBy }>;

let all: readonly Progress.Progress[] = read();
const listeners = new Set<() => void>();
/** Keys of those that are being carried on. */
const running = new Set<string>();
/** What is signed, by key: asked for again after a reload. */
const prepared = new Map<string, Prepared>();

function read(): readonly Progress.Progress[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]") as Progress.Progress[];
    return kept.map((one) => Progress.next(one, { kind: "loaded" }));
  } catch {
    return [];
  }
}

function keep(next: readonly Progress.Progress[]): void {
  all = next;
  sessionStorage.setItem(KEPT, JSON.stringify(all));
  for (const tell of listeners) tell();
}

const find = (key: string): Progress.Progress | undefined => all.find((one) => one.key === key);

function change(key: string, news: Progress.News): Progress.Progress | undefined {
  const before = find(key);
  if (!before) return undefined;
  const after = Progress.next(before, news);
  if (after !== before) keep(all.map((one) => (one === before ? after : one)));
  if (after.stage !== before.stage && (after.id !== undefined || Progress.isOver(after))) refresh(after.agreement);
  return after;
}

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

/** Of one agreement, those begun last first. */
export function useActs(agreement: string): readonly Progress.Progress[] {
  const snapshot = useSyncExternalStore(
    subscribe,
    useCallback(() => all, []),
  );
  return snapshot.filter((one) => one.agreement === agreement).toReversed();
}

type Begun = { agreement: string; act: Progress.Act; block: number; note?: { name: string; text: string } };

/** Begins an act, or goes on with the same one that is under way. @returns Its key. */
export function begin({ note, ...rest }: Begun, signer: Signer): string {
  const same = all.find((one) => Progress.isSame(one, rest) && !Progress.isOver(one) && one.stage !== "stopped");
  if (same && note === undefined) return same.key;
  const key = crypto.randomUUID();
  const kept = note === undefined ? {} : { note: { ...note, key: crypto.randomUUID() } };
  keep([...all, Progress.begin({ ...rest, ...kept, key, at: Date.now() })]);
  void run(key, signer);
  return key;
}

/** Once more, after it was stopped or refused. @returns Its new key. */
export function again(key: string, signer: Signer): string {
  const fresh = crypto.randomUUID();
  change(key, { kind: "again", key: fresh });
  void run(fresh, signer);
  return fresh;
}

/** Takes it off the list; what has left the page goes on at the node. */
export const forget = (key: string): void => keep(all.filter((one) => one.key !== key));

/** Goes on with what had left the page when it was loaded. */
export function resume(): void {
  for (const { key } of all) void run(key);
}

async function run(key: string, signer?: Signer): Promise<void> {
  if (running.has(key)) return;
  running.add(key);
  try {
    for (;;) {
      const now = find(key);
      if (!now || Progress.isOver(now) || now.stage === "stopped") return;
      try {
        await step(now, signer);
      } catch (error) {
        const before = find(key);
        if (isSignedOut(error)) {
          // Asked again, the session says that it has ended, and a dialog mends it.
          if (before?.isSignedOut !== true) refresh();
          change(key, { kind: "signedOut" });
        } else if (isPassing(error)) change(key, { kind: "missed" });
        else if (error instanceof ProblemError) change(key, { kind: "refused", problem: error.problem });
        else change(key, { kind: "stopped", problem: declined(error) });
        await wait(Progress.pause(find(key)?.misses ?? 0));
      }
    }
  } finally {
    running.delete(key);
  }
}

async function step(now: Progress.Progress, signer: Signer | undefined): Promise<void> {
  const { key, stage } = now;
  if (stage === "preparing") return prepare(now);
  if (stage === "signing") {
    const what = prepared.get(key);
    if (!what || !signer) {
      change(key, { kind: "stopped", problem: { code: "interrupted" } });
      return;
    }
    const { typedData, validUntil } = what;
    const signed = typedData === undefined ? { by: "nobody" as const } : await signer(what);
    change(key, {
      kind: "signed",
      ...signed,
      ...(signed.signature === undefined || validUntil === undefined ? {} : { validUntil }),
    });
    return;
  }
  if (stage === "sending") return send(now);
  await wait(stage === "waiting" ? 5_000 : 700);
  const { agreement, id = "" } = now;
  const sent = await client().call("GET /v1/agreements/{agreement}/acts/{act}", { agreement, act: id });
  change(key, { kind: "told", sent });
}

/** A text becomes evidence first; then the node is asked what the act would do now. */
async function prepare({ key, agreement, act, note }: Progress.Progress): Promise<void> {
  let named = act;
  if (note && act.evidence === undefined) {
    const { name, text } = note;
    const kept = await client().send(
      "POST /v1/agreements/{agreement}/evidence/small",
      { agreement, name, content: base64(text) },
      { key: note.key },
    );
    named = { ...act, evidence: (kept as { id: string }).id };
  }
  const route = "POST /v1/agreements/{agreement}/acts/prepare";
  const answer = await client().call(route, { agreement, act: named as Wanted });
  if (answer.refusal) {
    change(key, { kind: "refused", problem: answer.refusal });
    return;
  }
  prepared.set(key, answer);
  change(key, { kind: "prepared", act: named });
}

async function send({ key, agreement, act, signature, validUntil }: Progress.Progress): Promise<void> {
  const sent = await client().call(
    "POST /v1/agreements/{agreement}/acts",
    {
      agreement,
      act: act as Wanted,
      ...(signature === undefined ? {} : { signature }),
      ...(validUntil === undefined ? {} : { validUntil }),
    },
    { key },
  );
  prepared.delete(key);
  change(key, { kind: "told", sent });
}

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** UTF-8. */
const base64 = (text: string): string => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));

/** Why nothing was signed: the name of what the wallet or the passkey threw. */
function declined(error: unknown): Progress.Problem {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  if (code === 4001) return { code: "declined" };
  if (!(error instanceof Error)) return { code: "declined", detail: String(error) };
  const expected = "expected" in error && typeof error.expected === "string" ? { expected: error.expected } : {};
  return { code: error.name, detail: error.message, ...expected };
}
