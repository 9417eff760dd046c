/** What is known of one of those ranked beside its score, and the way to its record. */
import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { Candidate } from "./Ranked.ts";

/** Millionths that are kept at least where nothing was settled: the bound of a uniform prior. */
const NO_RECORD = 100_000;

export function About({ candidate: { provider, kept } }: { candidate: Candidate }) {
  const percent = Math.round((kept ?? 0) / 10_000);
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1">
      {kept !== undefined && (
        <span>
          {kept > NO_RECORD ? (
            <Trans>keeps at least {percent} % of what it promises in these skills</Trans>
          ) : (
            <Trans>no record in these skills yet</Trans>
          )}
        </span>
      )}
      <Link to="/providers/$provider" params={{ provider }} className="text-accent underline">
        <Trans>Profile and record</Trans>
      </Link>
    </span>
  );
}
