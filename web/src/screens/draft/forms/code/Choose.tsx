/** Which suite judges: one of the ready ones, or a folder of one's own. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import type * as Folder from "../../../../agreement/Folder.ts";
import { FolderField } from "../../../../agreement/FolderField.tsx";
import type { Paper } from "../../../../agreement/Paper.ts";
import { useSay } from "../../../../Language.tsx";
import { client, refresh, useAsk } from "../../../../Node.ts";
import { Button } from "../../../../ui/Button.tsx";
import { Dialog } from "../../../../ui/Dialog.tsx";
import { Failure, Shown } from "../../../../ui/Waiting.tsx";
import { useWriter } from "../../write/Context.ts";
import * as Edits from "../../write/Edits.ts";

type Props = { field: string; open: boolean; onClose: () => void };

export function Choose({ field, open, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t`Which suite judges it`}
      lead={
        <Trans>
          A suite is a folder of checks. Both sides run the same one, and neither can change it once signed.
        </Trans>
      }
      width="wide"
    >
      <Suites field={field} onDone={onClose} />
    </Dialog>
  );
}

/** Puts a folder of a suite, and takes what it says of itself into the criterion. */
function useTake(field: string, onDone: () => void) {
  const { agreement, edit } = useWriter();
  return useMutation({
    async mutationFn(files: readonly Folder.Sent[]) {
      const put = await client().call("POST /v1/agreements/{agreement}/folders", {
        ...{ agreement: agreement.id, purpose: "suite", files: [...files] },
      });
      const clause = put.suite?.criterion as Paper | undefined;
      if (clause) edit((paper) => Edits.byCode(paper, field, clause));
      refresh(agreement.id);
      onDone();
    },
  });
}

function Suites({ field, onDone }: { field: string; onDone: () => void }) {
  const { t } = useLingui();
  const say = useSay();
  const answer = useAsk("GET /v1/suites", {});
  const take = useTake(field, onDone);
  const pick = useMutation({
    mutationFn: async (suite: string) =>
      take.mutateAsync((await client().call("GET /v1/suites/{suite}", { suite })).suite),
  });
  return (
    <div className="grid gap-5">
      <section aria-label={t`Ready suites`} className="grid gap-2">
        <h3 className="text-sm font-semibold">
          <Trans>Ready to take</Trans>
        </h3>
        <Shown answer={answer}>
          {({ items }) => (
            <ul className="grid gap-3 sm:grid-cols-2">
              {items.map(({ name, title, checks, sealed }) => (
                <li key={name} className="flex flex-col gap-1 rounded-lg border border-line p-3 text-sm">
                  <p className="font-medium">{say(title)}</p>
                  <p className="text-muted">
                    {t`${checks.length} checks`}
                    {sealed && <> · {t`with a part to hide`}</>}
                  </p>
                  <ul className="list-disc pl-5 text-xs text-muted">
                    {checks.slice(0, 3).map(({ id, what }) => (
                      <li key={id}>{say(what)}</li>
                    ))}
                  </ul>
                  <div className="mt-auto pt-1">
                    <Button
                      aria-label={t`Use this suite: ${say(title)}`}
                      busy={pick.isPending && pick.variables === name}
                      disabled={pick.isPending}
                      onClick={() => pick.mutate(name)}
                    >
                      <Trans>Use this suite</Trans>
                    </Button>
                  </div>
                </li>
              ))}
            </ul>
          )}
        </Shown>
        {pick.isError && <Failure error={pick.error} />}
      </section>
      <section aria-label={t`A suite of your own`} className="border-t border-line pt-4">
        <FolderField
          label={t`A suite of your own`}
          hint={t`A folder with suite.yaml and the files that it judges by. "commenda accept new" makes one to start from.`}
          take={(files) => take.mutateAsync(files)}
        />
      </section>
    </div>
  );
}
