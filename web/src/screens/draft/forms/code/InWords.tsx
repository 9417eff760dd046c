/** How a suite is run, as the terms will say it, while it is whole. */
import * as Criterion from "../../../../../../src/agreement/Criterion.ts";
import * as Paper from "../../../../agreement/Paper.ts";
import { useSay, type Words } from "../../../../Language.tsx";
import { usePart } from "../../write/Context.ts";

export function InWords({ field }: { field: string }) {
  const say = useSay();
  const text = usePart(({ document }) => {
    const found = Criterion.run.safeParse(Paper.at(document, `${field}.run`));
    return found.success ? JSON.stringify(Criterion.show(found.data)) : "[]";
  });
  const lines = JSON.parse(text) as Words[];
  if (lines.length === 0) return null;
  return (
    <ul className="list-disc pl-5 text-xs text-muted">
      {lines.map((words) => (
        <li key={words.en}>{say(words)}</li>
      ))}
    </ul>
  );
}
