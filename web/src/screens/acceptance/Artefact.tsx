/** A file that a run left, fetched by the hash in its verdict. */
import { Trans } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { client } from "../../Node.ts";

type Props = { agreement: string; hash: string; children: ReactNode };

export function Artefact({ agreement, hash, children }: Props) {
  const fetch = useMutation({
    async mutationFn() {
      const { evidence } = await client().call("GET /v1/agreements/{agreement}/artefacts/{hash}", { agreement, hash });
      window.location.assign(`/v1/downloads/${agreement}/${evidence}`);
    },
  });
  return (
    <>
      <button
        type="button"
        disabled={fetch.isPending}
        onClick={() => fetch.mutate()}
        className="inline-flex min-h-6 items-center gap-1.5 text-left text-accent underline"
      >
        {children}
      </button>
      {fetch.isError && (
        <span role="alert" className="text-bad">
          <Trans>It is not kept at this node.</Trans>
        </span>
      )}
    </>
  );
}
