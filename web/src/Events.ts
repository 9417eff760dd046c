/** What happens at the node while a page is open: each event makes what it is about be read again. */
import { useEffect } from "react";
import { client, refresh, refreshLog } from "./Node.ts";

/** Milliseconds in which events are gathered: an act brings several at once. */
const GATHER = 150;

/** For as long as somebody is signed in. */
export function useEvents(user: string | undefined): void {
  useEffect(() => {
    if (user === undefined) return;
    const stop = new AbortController();
    const changed = new Set<string | undefined>();
    let timer: number | undefined;
    const tell = () => {
      timer = undefined;
      if (changed.has(undefined)) refresh();
      else for (const agreement of changed) refresh(agreement);
      changed.clear();
    };
    void (async () => {
      try {
        for await (const { agreement, kind, data } of client().events({ signal: stop.signal })) {
          // What a run prints comes by the second, and changes nothing else.
          if (kind === "run.log") {
            refreshLog((data as { run?: unknown }).run);
            continue;
          }
          changed.add(agreement);
          timer ??= window.setTimeout(tell, GATHER);
        }
      } catch {
        // Signed out: the next read says so where it can be mended.
        refresh();
      }
    })();
    return () => {
      stop.abort();
      window.clearTimeout(timer);
    };
  }, [user]);
}
