/**
 * One act on its way to the ledger, as a value: kept in the tab before anything is sent, so that a reload goes on with the
 * same key and nothing is ever done twice. Pure: what is asked of whom is in `Acts`.
 */

/**
 * `preparing`, `signing`: nothing has left this page. `sending`: it may have arrived. `waiting`: the node has it, others must
 * sign or approve. `queued`, `sent`: the node brings it to the ledger. `included`: it is there. `final`: the node has read it
 * back. `stopped`: given up before it left, can be gone on with. `refused`: nothing of it happened.
 */
export type Stage =
  | "preparing"
  | "signing"
  | "sending"
  | "waiting"
  | "queued"
  | "sent"
  | "included"
  | "final"
  | "stopped"
  | "refused";

/** Of RFC 9457, with both languages where the node gave them. */
export type Problem = Readonly<Record<string, unknown>>;
export type Act = Readonly<Record<string, unknown>> & { readonly verb: string };
/** `node`: by a key that it keeps for a persona; `nobody`: where anyone may do it. */
export type SignedBy = "person" | "node" | "nobody";
/** A text that becomes evidence before the act names it. */
export type Note = { readonly name: string; readonly text: string; readonly key: string };

export type Progress = {
  readonly agreement: string;
  /** `Idempotency-Key` of the act. */
  readonly key: string;
  readonly act: Act;
  readonly note?: Note;
  /** Block of the ledger that its signer saw. */
  readonly block: number;
  /** Milliseconds. */
  readonly at: number;
  readonly stage: Stage;
  readonly signature?: string;
  readonly validUntil?: number;
  readonly signed?: SignedBy;
  /** By the node. */
  readonly id?: string;
  readonly transaction?: string;
  /** What took its place on the ledger, when blocks fell or another transaction did the same. */
  readonly replaced?: boolean;
  readonly problem?: Problem;
  /** The node has not answered so often in a row. */
  readonly misses: number;
  /** Signed out meanwhile: it goes on once somebody signs in. */
  readonly isSignedOut?: boolean;
};

/** What the node tells of an act. */
export type Sent = {
  readonly id: string;
  readonly status: "waiting" | "queued" | "sent" | "done" | "refused";
  readonly transaction?: string | undefined;
  readonly facts?: readonly unknown[] | undefined;
  readonly problem?: Problem | undefined;
};

export type News =
  /** What is referred to is kept by the node: the act names it. */
  | { readonly kind: "prepared"; readonly act: Act }
  | { readonly kind: "signed"; readonly signature?: string; readonly validUntil?: number; readonly by: SignedBy }
  | { readonly kind: "told"; readonly sent: Sent }
  | { readonly kind: "missed" }
  | { readonly kind: "signedOut" }
  | { readonly kind: "stopped"; readonly problem: Problem }
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "again"; readonly key: string }
  /** The page was loaded anew. */
  | { readonly kind: "loaded" };

type Begun = Pick<Progress, "agreement" | "key" | "act" | "block" | "at"> & { note?: Note };

export const begin = (begun: Begun): Progress => ({ ...begun, stage: "preparing", misses: 0 });

const STAGES = { waiting: "waiting", queued: "queued", sent: "sent", refused: "refused" } as const;

/** News that do not fit the stage change nothing: they come late, or twice. */
export function next(before: Progress, news: News): Progress {
  const { stage } = before;
  switch (news.kind) {
    case "prepared":
      return stage === "preparing" ? { ...before, act: news.act, stage: "signing", misses: 0 } : before;
    case "signed": {
      if (stage !== "signing") return before;
      const { signature, validUntil, by } = news;
      return {
        ...before,
        stage: "sending",
        signed: by,
        ...(signature === undefined ? {} : { signature }),
        ...(validUntil === undefined ? {} : { validUntil }),
      };
    }
    case "told":
      return isOver(before) || stage === "stopped" ? before : told(before, news.sent);
    case "missed":
      return isOver(before) ? before : { ...before, misses: before.misses + 1 };
    case "signedOut":
      return isOver(before) ? before : { ...before, isSignedOut: true };
    case "stopped":
      return isInside(before) ? { ...before, stage: "stopped", problem: news.problem } : before;
    case "refused":
      return isOver(before) ? before : { ...before, stage: "refused", problem: news.problem };
    case "again": {
      if (stage !== "stopped" && stage !== "refused") return before;
      // Refused, it is another act: the answer to the old key is known.
      const { problem: _, signature: __, validUntil: ___, id: ____, transaction: _____, ...rest } = before;
      return { ...rest, key: news.key, stage: "preparing", misses: 0 };
    }
    case "loaded":
      // The dialog of the wallet or passkey is gone with the page.
      return isInside(before) ? { ...before, stage: "stopped", misses: 0 } : { ...before, misses: 0 };
  }
}

function told(before: Progress, { id, status, transaction, facts, problem }: Sent): Progress {
  const { isSignedOut: _, ...rest } = before;
  const stage = status === "done" ? ((facts?.length ?? 0) > 0 ? "final" : "included") : STAGES[status];
  const other = before.transaction !== undefined && transaction !== undefined && before.transaction !== transaction;
  const fell = before.stage === "included" && (stage === "queued" || stage === "sent");
  return {
    ...rest,
    id,
    stage,
    misses: 0,
    ...(transaction === undefined ? {} : { transaction }),
    ...(problem === undefined ? {} : { problem }),
    ...(other || fell || before.replaced ? { replaced: true } : {}),
  };
}

const isInside = ({ stage }: Progress): boolean => stage === "preparing" || stage === "signing";

/** Nothing more comes of it. */
export const isOver = ({ stage }: Pick<Progress, "stage">): boolean => stage === "final" || stage === "refused";

/** The node has it: nothing is lost with the window. */
export const mayClose = ({ stage }: Pick<Progress, "stage">): boolean =>
  stage !== "preparing" && stage !== "signing" && stage !== "sending";

/** Whether it is the same thing: pressed twice, it is begun once. */
export const isSame = (one: Pick<Progress, "agreement" | "act">, other: Pick<Progress, "agreement" | "act">): boolean =>
  one.agreement === other.agreement && JSON.stringify(one.act) === JSON.stringify(other.act);

export const STEPS = ["prepared", "signed", "sent", "included", "final"] as const;
export type Step = (typeof STEPS)[number];
export type Mark = "done" | "now" | "open" | "bad";

const REACHED: Readonly<Record<Exclude<Stage, "stopped" | "refused">, number>> = {
  preparing: 0,
  signing: 1,
  sending: 2,
  waiting: 2,
  queued: 2,
  sent: 3,
  included: 4,
  final: 5,
};

/** Each step, and whether it is done, going on, still to come, or where it ended. */
export function steps(progress: Progress): readonly { readonly step: Step; readonly mark: Mark }[] {
  const { stage } = progress;
  const isBad = stage === "stopped" || stage === "refused";
  const at = isBad ? (progress.id !== undefined ? 3 : progress.signed !== undefined ? 2 : 1) : REACHED[stage];
  return STEPS.map((step, index) => ({
    step,
    mark: index < at ? "done" : index > at ? "open" : isBad ? "bad" : "now",
  }));
}

/** Milliseconds until the node is asked again, after so many misses. */
export const pause = (misses: number): number => Math.min(1_000 * 1.6 ** misses, 15_000);
