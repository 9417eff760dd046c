/** What files the ledger names, by their salted hashes. */
import { Evidence, InputError, Manifest } from "../../agreement/index.ts";
import type * as Fact from "../Fact.ts";
import { commitments } from "./collect.ts";
import { type Context, type Finding, finding } from "./Finding.ts";
import * as Manifests from "./Manifests.ts";

const { both } = InputError;
type Words = InputError.Words;

export function evidence({ pack, facts }: Context): readonly Finding[] {
  const onLedger = facts.flatMap((fact) => commitments(fact).map((commitment) => ({ commitment, says: place(fact) })));
  const inManifests = Manifests.delivered(pack, facts).flatMap((manifest) =>
    Manifest.items(manifest).map(({ commitment }) => ({ commitment, says: inManifest(manifest) })),
  );
  const named = [...onLedger, ...inManifests];
  const own = pack.evidence.map((one, k) => {
    const commitment = Evidence.hash(one);
    const places = named.filter((other) => other.commitment === commitment).map(({ says }) => says);
    return finding(
      `evidence.${k + 1}`,
      both(
        `The file with hash ${one.contentHash}, called ${one.name}, is what the ledger names`,
        `哈希为 ${one.contentHash} 的文件（${one.name}）即账本所载`,
      ),
      places.length > 0,
      places.length > 0
        ? both(places.map(({ en }) => en).join("; "), places.map(({ zh }) => zh).join("；"))
        : both(
            `with its salt it hashes to ${commitment}, which the ledger does not name`,
            `加盐后其哈希为 ${commitment}，账本未载`,
          ),
    );
  });
  const held = new Set(pack.evidence.map((one) => Evidence.hash(one)));
  const missing = onLedger.filter(({ commitment }) => !held.has(commitment));
  return [
    ...own,
    ...missing.map(({ commitment, says }) =>
      finding(
        `commitment.${commitment}`,
        both(`What file the ledger names as the ${says.en}`, `账本所载${says.zh}是何文件`),
        "not checked",
        both("the pack does not say", "证明包未说明"),
      ),
    ),
  ];
}

const inManifest = (manifest: Manifest.Manifest): Words => {
  const part = Manifests.partOf(manifest);
  return both(`in the manifest of ${part.en}, which the ledger names`, `账本所载的${part.zh}交付清单内`);
};

function place(fact: Fact.Fact): Words {
  if (fact.kind === "delivered")
    return both(
      `deliverable of part ${fact.tranche + 1}, round ${fact.round}`,
      `第 ${fact.tranche + 1} 项第 ${fact.round} 轮交付物`,
    );
  const tranche = "tranche" in fact ? fact.tranche + 1 : 0;
  return fact.kind === "rejected"
    ? both(
        `reasons of the rejection of part ${tranche}, round ${fact.round}`,
        `第 ${tranche} 项第 ${fact.round} 轮退回理由`,
      )
    : both(`reasons of the dispute of part ${tranche}`, `第 ${tranche} 项争议理由`);
}
