/** The thread beside the page that computes a ranking anew. */
import { judge, type Shown, type Verdict } from "./Verdict.ts";

export type Told = { verdict: Verdict; milliseconds: number } | { failed: string };

self.onmessage = ({ data: { bundle, shown } }: MessageEvent<{ bundle: unknown; shown: Shown }>) => {
  const tell = (told: Told) => self.postMessage(told);
  try {
    const began = performance.now();
    const verdict = judge(bundle, shown);
    tell({ verdict, milliseconds: Math.round(performance.now() - began) });
  } catch (error) {
    tell({ failed: error instanceof Error ? error.message : String(error) });
  }
};
