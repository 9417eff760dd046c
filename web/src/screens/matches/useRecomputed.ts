/** A ranking computed anew beside the page: from what the node says went into it, and held against what the page shows. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { Told } from "./recompute.worker.ts";
import type { Shown, Verdict } from "./Verdict.ts";

export type Result = { verdict: Verdict; milliseconds: number } | { error: unknown };

/** `bring`: fetches the bundle. */
export function useRecomputed(shown: Shown, bring: () => Promise<unknown>) {
  const [result, set] = useState<Result>();
  const [busy, setBusy] = useState(false);
  const worker = useRef<Worker>(undefined);
  useEffect(() => () => worker.current?.terminate(), []);
  const run = useCallback(async () => {
    setBusy(true);
    set(undefined);
    worker.current?.terminate();
    try {
      set(await recompute(await bring(), shown, worker));
    } catch (error) {
      set({ error });
    } finally {
      setBusy(false);
    }
  }, [bring, shown]);
  return { result, busy, run };
}

function recompute(bundle: unknown, shown: Shown, held: { current: Worker | undefined }): Promise<Result> {
  const worker = new Worker(new URL("./recompute.worker.ts", import.meta.url), { type: "module" });
  held.current = worker;
  return new Promise<Result>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Told>) =>
      resolve("failed" in data ? { error: new Error(data.failed) } : data);
    worker.onerror = (event) => resolve({ error: new Error(event.message) });
    worker.postMessage({ bundle, shown });
  }).finally(() => worker.terminate());
}
