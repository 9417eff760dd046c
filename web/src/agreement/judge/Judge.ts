/** Asks the thread beside the page about a document. The next edit cancels what is still being computed. */
import { startTransition, useEffect, useRef, useState } from "react";
import type { Difference } from "../../../../src/agreement/Compare.ts";
import type { Endings } from "../../../../src/agreement/Endings.ts";
import type { Deal, Problem, Question } from "./Judging.ts";
import type { Told } from "./judge.worker.ts";

export type { Deal, Problem } from "./Judging.ts";

type Listen = (told: Told) => void;

/** One thread; a question that comes while it is at work ends it and begins another. */
class Judge {
  #worker: Worker | undefined;
  #busy = false;
  #number = 0;

  ask(question: Question, listen: Listen): void {
    if (this.#busy) this.end();
    this.#worker ??= new Worker(new URL("./judge.worker.ts", import.meta.url), { type: "module" });
    const number = ++this.#number;
    this.#busy = true;
    this.#worker.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.number !== number) return;
      if (data.part === "done" || data.part === "failed") this.#busy = false;
      listen(data);
    };
    this.#worker.onerror = (event) => {
      this.end();
      listen({ number, part: "failed", message: event.message });
    };
    this.#worker.postMessage({ number, question });
  }

  end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#busy = false;
  }
}

export type Judged = {
  /** Absent: not looked at yet. */
  problems: readonly Problem[] | undefined;
  /** Absent: too much is missing to say how it can end. */
  deal: Deal | undefined;
  endings: Endings | undefined;
  differences: readonly Difference[] | undefined;
  /** What is shown is of an earlier document, and the new one is being looked at. */
  pending: boolean;
  failed: string | undefined;
};

const NOTHING: Judged = {
  ...{ problems: undefined, deal: undefined, endings: undefined, differences: undefined },
  ...{ pending: true, failed: undefined },
};

/** Milliseconds without an edit after which it is looked at: between two keys of quick typing lie 150. */
const PAUSE = 180;

/** Everything there is to say of a document, computed beside the page; undefined: nothing to look at yet. */
export function useJudged(question: Question | undefined): Judged {
  const [judged, set] = useState(NOTHING);
  const judge = useRef<Judge>(undefined);
  const first = useRef(true);
  const { document, before, now, endings } = question ?? {};
  useEffect(() => {
    judge.current = new Judge();
    return () => judge.current?.end();
  }, []);
  useEffect(() => {
    if (!document) return;
    set((old) => (old.pending && old.failed === undefined ? old : { ...old, pending: true, failed: undefined }));
    const asked: Question = {
      ...{ document, endings: endings ?? false },
      ...(before ? { before } : {}),
      ...(now === undefined ? {} : { now }),
    };
    const ask = () => {
      let next: Judged = { ...NOTHING, differences: before ? undefined : [] };
      // Drawing what was found gives way to typing.
      const tell = (told: Told) => {
        if (told.part === "checked") {
          next = { ...next, problems: told.problems, deal: told.deal };
          // Endings of before stay until those of now are there, unless there are none.
          set((old) => ({
            ...next,
            endings: told.deal ? old.endings : undefined,
            differences: told.deal ? old.differences : undefined,
          }));
        } else if (told.part === "endings") {
          next = { ...next, endings: told.endings };
          set((old) => ({ ...next, differences: old.differences }));
        } else if (told.part === "compared") {
          next = { ...next, differences: told.differences };
        } else if (told.part === "done") {
          set({ ...next, pending: false });
        } else {
          set((old) => ({ ...old, pending: false, failed: told.message }));
        }
      };
      judge.current?.ask(asked, (told) => startTransition(() => tell(told)));
    };
    const timer = window.setTimeout(ask, first.current ? 0 : PAUSE);
    first.current = false;
    return () => window.clearTimeout(timer);
  }, [document, before, now, endings]);
  return judged;
}
