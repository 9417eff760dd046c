/** The thread beside the page: one question, part after part of its answer. A new question is put to a new thread. */
import { type Answer, judge, type Question } from "./Judging.ts";

export type Told = { number: number } & (Answer | { part: "done" } | { part: "failed"; message: string });

self.onmessage = ({ data }: MessageEvent<{ number: number; question: Question }>) => {
  const { number, question } = data;
  const tell = (told: Told) => self.postMessage(told);
  try {
    for (const answer of judge(question)) tell({ number, ...answer });
    tell({ number, part: "done" });
  } catch (error) {
    tell({ number, part: "failed", message: error instanceof Error ? error.message : String(error) });
  }
};
