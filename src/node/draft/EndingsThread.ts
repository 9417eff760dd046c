/** The thread that computes endings: one question after the other. */
import { parentPort } from "node:worker_threads";
import { Endings, Terms } from "../../agreement/index.ts";
import { speech } from "../Speech.ts";
import type { Answered, Asked, Endings as Shown } from "./EveryEnding.ts";

parentPort?.on("message", ({ number, terms }: Asked) => {
  try {
    parentPort?.postMessage({ number, endings: shown(terms) } satisfies Answered);
  } catch (error) {
    const failed = error instanceof Error ? (error.stack ?? error.message) : String(error);
    parentPort?.postMessage({ number, failed } satisfies Answered);
  }
});

function shown(terms: Terms.Terms): Shown {
  const found = Endings.endings(Terms.toAgreement(terms), { speech: speech(terms) });
  const extreme = (party: "client" | "provider", side: "worst" | "best") => {
    const { sums, says } = found[party][side];
    const sum = sums[party];
    return { units: String(sum < 0n ? -sum : sum), negative: sum < 0n, says };
  };
  const of = (party: "client" | "provider") => ({ worst: extreme(party, "worst"), best: extreme(party, "best") });
  return {
    count: found.endings.length,
    endings: found.endings.map(({ tranche, kind, byConsent, says }) => ({ tranche, kind, byConsent, says })),
    client: of("client"),
    provider: of("provider"),
    lock: { minutes: found.lock.minutes, says: found.lock.says },
    stalls: found.stalls.map(({ says }) => says),
    findings: found.findings.map(({ says }) => says),
  };
}
