/** What was delivered: that a manifest is the file that the ledger names, and what of it the pack has. */
import { Evidence, InputError, Manifest, Verdict } from "../../agreement/index.ts";
import type * as Fact from "../Fact.ts";
import { type Context, type Finding, finding } from "./Finding.ts";
import type * as Form from "./Form.ts";

const { both } = InputError;
type Words = InputError.Words;

export const partOf = ({ tranche, round }: { tranche: number; round: number }): Words =>
  both(`part ${tranche + 1}, round ${round}`, `第 ${tranche + 1} 项第 ${round} 轮`);

/** Those that the ledger names as the deliverable of their part and round, by a file of the pack. */
export function delivered(pack: Form.Pack, facts: readonly Fact.Fact[]): readonly Manifest.Manifest[] {
  return (pack.manifests ?? []).filter((manifest) => isDelivered(manifest, pack, facts));
}

function isDelivered(manifest: Manifest.Manifest, { id, evidence }: Form.Pack, facts: readonly Fact.Fact[]): boolean {
  const contentHash = Manifest.contentHash(manifest);
  const commitments = evidence.filter((one) => one.contentHash === contentHash).map(Evidence.hash);
  const { tranche, round } = manifest;
  return (
    manifest.agreement === id &&
    facts.some(
      (fact) =>
        fact.kind === "delivered" &&
        fact.tranche === tranche &&
        fact.round === round &&
        commitments.includes(fact.deliverable),
    )
  );
}

export function manifests({ pack, facts }: Context): readonly Finding[] {
  return (pack.manifests ?? []).flatMap((manifest, k) => {
    const part = partOf(manifest);
    const contentHash = Manifest.contentHash(manifest);
    const good = isDelivered(manifest, pack, facts);
    const own = finding(
      `manifest.${k + 1}`,
      both(`The manifest of ${part.en} is what was delivered`, `${part.zh}的交付清单即为所交付内容`),
      good,
      good
        ? both(
            `it hashes to ${contentHash}, and with its salt to the deliverable on the ledger`,
            `其哈希为 ${contentHash}，加盐后即为账本所载交付物`,
          )
        : both(
            `it hashes to ${contentHash}, and no file of that hash in the pack is the deliverable of ${part.en} on the ledger`,
            `其哈希为 ${contentHash}，证明包中没有该哈希的文件是账本所载${part.zh}交付物`,
          ),
    );
    return [own, items(pack, manifest, k)];
  });
}

/** How much of what a manifest names can be told from the pack. */
function items({ evidence, verdicts = [] }: Form.Pack, manifest: Manifest.Manifest, k: number): Finding {
  const held = new Set(evidence.map(Evidence.hash));
  const documents = new Set(verdicts.map(({ verdict }) => Verdict.contentHash(verdict)));
  const files = Manifest.items(manifest).filter(({ commitment }) => !held.has(commitment));
  const runs = manifest.verdicts.filter(({ document }) => !documents.has(document as `0x${string}`));
  const names = [...files.map(({ name }) => name), ...runs.map(({ criterion }) => criterion)];
  const all = Manifest.items(manifest).length + manifest.verdicts.length;
  const part = partOf(manifest);
  return finding(
    `manifest.${k + 1}.items`,
    both(
      `What the manifest of ${part.en} names is in the pack by its hash`,
      `${part.zh}交付清单所列各项的哈希均在证明包中`,
    ),
    names.length === 0 ? true : "not checked",
    names.length === 0
      ? both(
          `all ${all} files and verdicts; commits and readings stand in it as they are`,
          `共 ${all} 个文件与结论；提交与读数即清单所载`,
        )
      : both(`without ${names.join(", ")}`, `缺少 ${names.join("、")}`),
  );
}
