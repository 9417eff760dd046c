/** What is understood of a text, kept up with typing beside the page. */
import { useEffect, useRef, useState } from "react";
import type { Fields, Understood } from "./Intake.ts";
import type { Told } from "./intake.worker.ts";

/** Milliseconds without a key after which it is read: between two keys of quick typing lie 150. */
const PAUSE = 200;

export type Intake = { understood: Understood | undefined; pending: boolean; failed: string | undefined };

/** `at`: Unix seconds. */
export function useIntake(text: string, answers: Fields, at: number): Intake {
  const [state, set] = useState<Intake>({ understood: undefined, pending: true, failed: undefined });
  const worker = useRef<Worker>(undefined);
  const number = useRef(0);
  const first = useRef(true);
  const day = Math.floor(at / 86_400);
  useEffect(() => {
    const own = new Worker(new URL("./intake.worker.ts", import.meta.url), { type: "module" });
    worker.current = own;
    own.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.number !== number.current) return;
      if ("failed" in data) set((old) => ({ ...old, pending: false, failed: data.failed }));
      else set({ understood: data.understood, pending: false, failed: undefined });
    };
    own.onerror = (event) => set((old) => ({ ...old, pending: false, failed: event.message }));
    return () => own.terminate();
  }, []);
  useEffect(() => {
    set((old) => (old.pending ? old : { ...old, pending: true }));
    const ask = () => {
      number.current++;
      worker.current?.postMessage({ number: number.current, asked: { text, answers, at: day * 86_400 } });
    };
    const timer = window.setTimeout(ask, first.current ? 0 : PAUSE);
    first.current = false;
    return () => window.clearTimeout(timer);
  }, [text, answers, day]);
  return state;
}
