/**
 * What becomes of each ticket: answered from a playbook, or handed to a person with everything that the person needs.
 * Text goes in, a decision comes out, and nothing else: there is no verb here, nor anything imported, that pays, signs,
 * agrees, sends, or changes a setting, so that no feedback can reach one, whatever it says.
 */

import { both } from "../agreement/InputError.ts";
import type { InputError } from "../agreement/index.ts";
import * as Calibration from "./Calibration.ts";
import * as Embedding from "./Embedding.ts";
import * as Feature from "./Feature.ts";
import * as Gate from "./Gate.ts";
import * as Playbook from "./Playbook.ts";
import * as Route from "./Route.ts";
import type { Ticket } from "./Ticket.ts";
import * as Training from "./Training.ts";

export const REASONS = ["danger", "unreadable", "outside", "ambiguous", "unsure", "noPlaybook", "paused"] as const;
export type Reason = (typeof REASONS)[number];

export const SAYS: Readonly<Record<Reason, InputError.Words>> = {
  danger: both("dangerous: a person looks at it first", "涉及风险，须由人员优先处理"),
  unreadable: both("there is nothing in it that can be read", "没有可读内容"),
  outside: both("like nothing that the desk has learnt", "与已学习的内容均不相似"),
  ambiguous: both("two intents are equally likely", "两种意图可能性相当"),
  unsure: both("not sure enough for the precision that is promised", "把握不足以达到承诺的准确率"),
  noPlaybook: both("no approved answer for it in that language", "没有该语言的获准答复"),
  paused: both("the desk is paused", "工单台已暂停"),
};

export type Guess = { readonly intent: string; readonly confidence: number };
export type Decision = {
  readonly ticket: string;
  readonly outcome: "answered" | "handed";
  readonly reason: Reason | undefined;
  readonly alarm: Gate.Alarm | undefined;
  /** The three likeliest. */
  readonly guesses: readonly Guess[];
  /** Of the first being right, and what it had to be. */
  readonly sure: number;
  readonly least: number;
  readonly routed: Route.Routed;
  readonly draft: Playbook.Draft | undefined;
  readonly model: string;
};

export type Desk = {
  readonly trained: Training.Trained;
  /** Hash of the model. */
  readonly model: string;
  readonly playbooks: readonly Playbook.Playbook[];
  readonly table: Route.Table;
  readonly promise: number;
  readonly encoder?: Embedding.Encoder | undefined;
  /** Share of the traffic that has been outside of scope; by default what the model was calibrated with. */
  readonly outsideShare?: number;
  readonly isPaused?: boolean;
  /** Tickets that each team has at hand already. */
  readonly load?: Readonly<Record<string, number>>;
};

/** Two intents closer than this are a question, not an answer. */
const CLOSE = 0.1;

/** @param now Unix seconds. */
export async function decide(desk: Desk, tickets: readonly Ticket[], now: number): Promise<readonly Decision[]> {
  const { trained, model, playbooks, table, promise, encoder } = desk;
  const share = desk.outsideShare ?? trained.outsideShare;
  const { calibration, classifier } = trained;
  const least = new Map(
    [calibration.dense, calibration.plain].map((part) => [
      part,
      part ? Calibration.threshold(part, promise, share) : 2,
    ]),
  );
  const judged = await Training.judge(
    trained,
    tickets.map(({ text }) => text),
    encoder,
  );
  const vectors = await encoder?.embed(tickets.map(({ text }) => text));
  const load: Record<string, number> = { ...desk.load };
  return tickets.map((ticket, at): Decision => {
    const { score, judged: sure } = judged[at] as (typeof judged)[number];
    const vector = vectors?.subarray(at * Embedding.WIDTH, (at + 1) * Embedding.WIDTH);
    const isReadable = /[\p{L}]/u.test(ticket.text.replace(/\[(mail|phone|card|identity)\]/g, ""));
    const alarm = isReadable ? Gate.alarm(ticket.text, vector) : undefined;
    const guesses = Array.from(sure.probabilities, (confidence, k) => ({
      intent: classifier.classes[k] as string,
      confidence,
    }))
      .sort((one, other) => other.confidence - one.confidence)
      .slice(0, 3);
    const [first, second] = guesses;
    const intent = first?.intent ?? "";
    const draft = Playbook.draft(playbooks, { intent, language: ticket.language, text: ticket.text });
    const wanted = least.get(score.isDense ? calibration.dense : calibration.plain) ?? 2;
    const why = (): Reason | undefined => {
      if (alarm) return "danger";
      if (desk.isPaused) return "paused";
      if (!isReadable) return "unreadable";
      if (sure.isOutside && sure.right < wanted) return "outside";
      if (first && second && first.confidence - second.confidence < CLOSE) return "ambiguous";
      if (sure.right < wanted) return "unsure";
      return draft ? undefined : "noPlaybook";
    };
    const reason = why();
    const known = reason === "outside" || reason === "unreadable" ? undefined : intent;
    const routed = Route.route(table, { intent: known, danger: alarm?.danger, language: ticket.language }, now, load);
    // What the desk answers is nobody's load.
    if (reason !== undefined) load[routed.team] = (load[routed.team] ?? 0) + 1;
    return {
      ticket: ticket.id,
      outcome: reason === undefined ? "answered" : "handed",
      reason,
      alarm,
      guesses,
      sure: sure.right,
      least: wanted,
      routed,
      // With something dangerous no ready words go along.
      draft: alarm ? undefined : draft,
      model,
    };
  });
}

export type Part = { readonly gram: string; readonly weight: number };

/** Which words of a text speak for an intent and which against it, strongest first. */
export function explain({ classifier }: Training.Trained, text: string, intent: string): readonly Part[] {
  const k = classifier.classes.indexOf(intent);
  if (k < 0) return [];
  const { planes, vocabulary } = classifier;
  const margin = (of: string) => {
    const { columns, values, length } = Feature.vector(vocabulary, of);
    let sum = 0;
    for (let at = 0; at < length; at++) {
      sum += (values[at] as number) * (planes.weights[(columns[at] as number) * planes.classes + k] as number);
    }
    return sum;
  };
  // By leaving each word out: what the score loses is what the word was worth.
  const whole = margin(text);
  const words = text.match(/[\p{Script=Han}]{2}|[\p{L}\p{N}']+/gu) ?? [];
  return [...new Set(words)]
    .map((gram) => ({ gram, weight: whole - margin(text.replaceAll(gram, " ")) }))
    .sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
    .slice(0, 8);
}
