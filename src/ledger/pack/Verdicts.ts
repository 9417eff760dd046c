/** What the runs said: that each verdict is signed for a side, is one of these terms, and whether both sides say the same. */
import { type Agreement, InputError, Verdict } from "../../agreement/index.ts";
import { type Context, type Finding, finding, type Judged } from "./Finding.ts";
import * as Manifests from "./Manifests.ts";
import { SIDE } from "./Signatures.ts";

const { both } = InputError;
type Words = InputError.Words;
type Side = "client" | "provider" | "arbitrator";

const WHO: Readonly<Record<Side, Words>> = { ...SIDE, arbitrator: both("arbitrator", "仲裁人") };

export function verdicts(context: Context): readonly Finding[] {
  const list = context.pack.verdicts ?? [];
  const sides = list.map((one) => sideOf(context, one));
  return [
    ...list.flatMap((one, k) => [signed(context, one, k, sides[k]), ...subject(context, one, k)]),
    ...runs(list, sides),
  ];
}

type Speaks = { readonly side: Side; readonly delegate: boolean };

/** For whom it speaks: whose own key, or whose delegate that the terms name, signed it. */
function sideOf({ pack, agreement }: Context, one: Verdict.Signed): Speaks | undefined {
  const { tranche, round } = one.verdict;
  if (one.verdict.agreement !== pack.id || tranche === undefined || round === undefined) return undefined;
  const { chainId, escrow } = pack.ledger;
  const signer = Verdict.signerOf({ chainId, verifyingContract: escrow }, one);
  if (signer === undefined || signer !== one.by.toLowerCase()) return undefined;
  const { client, provider, clientDelegate, providerDelegate } = agreement.parties;
  const keys: readonly (readonly [Agreement.Address, Speaks])[] = [
    [client, { side: "client", delegate: false }],
    [clientDelegate, { side: "client", delegate: true }],
    [provider, { side: "provider", delegate: false }],
    [providerDelegate, { side: "provider", delegate: true }],
    [agreement.arbitration.arbitrator, { side: "arbitrator", delegate: false }],
  ];
  return keys.find(([key]) => key.toLowerCase() === signer)?.[1];
}

function signed(context: Context, one: Verdict.Signed, k: number, speaks: Speaks | undefined): Finding {
  const { verdict, by } = one;
  const { criterion, tranche = 0, round = 0 } = verdict;
  const part = Manifests.partOf({ tranche, round });
  const what = both(
    `Verdict ${k + 1}, of ${criterion} on ${part.en}, is signed by ${by} for a side of this agreement`,
    `第 ${k + 1} 份结论（${part.zh}，标准 ${criterion}）由 ${by} 代表本协议一方签署`,
  );
  const { proven, why } = judge(context, verdict, speaks);
  return finding(`verdict.${k + 1}`, what, proven, why);
}

function judge({ pack }: Context, verdict: Verdict.Verdict, speaks: Speaks | undefined): Judged {
  if (verdict.agreement !== pack.id) {
    const why = both("it is one of another agreement, or of none", "其属于其他协议，或不属于任何协议");
    return { proven: false, why };
  }
  if (!speaks) {
    const why = both(
      "its signature is of no key that the terms name: neither a side's nor its delegate's",
      "签名并非条款所列任何一方或其代理人的密钥",
    );
    return { proven: false, why };
  }
  const terms = pack.agreement.kind === "terms" ? pack.agreement.terms : undefined;
  const criterion = terms?.criteria.find(({ name }) => name === verdict.criterion);
  if (terms && !criterion) {
    const why = both(`the terms have no criterion ${verdict.criterion}`, `条款中没有标准 ${verdict.criterion}`);
    return { proven: false, why };
  }
  const { tranche = 0 } = verdict;
  if (terms && !terms.milestones[tranche]?.criteria.includes(verdict.criterion)) {
    const why = both(
      `part ${tranche + 1} is not judged by ${verdict.criterion}`,
      `第 ${tranche + 1} 项不以标准 ${verdict.criterion} 验收`,
    );
    return { proven: false, why };
  }
  if (criterion?.suite !== undefined && criterion.suite !== verdict.suite) {
    const why = both(
      `it ran suite ${verdict.suite}, and both signed ${criterion.suite}`,
      `其运行的用例集为 ${verdict.suite}，双方签署的为 ${criterion.suite}`,
    );
    return { proven: false, why };
  }
  const who = WHO[speaks.side];
  const said = Verdict.passed(verdict)
    ? both("all checks passed", "全部检查通过")
    : both("not all checks passed", "并非全部通过");
  const key = speaks.delegate ? both(`the ${who.en}'s delegate`, `${who.zh}的代理人`) : both(`the ${who.en}`, who.zh);
  const open = verdict.confined ? both("", "") : both("; it ran without a sandbox", "；其未在沙箱中运行");
  return { proven: true, why: both(`by ${key.en}: ${said.en}${open.en}`, `${key.zh}签署：${said.zh}${open.zh}`) };
}

/** Whether it judged what was delivered, where a manifest names the commits. */
function subject({ pack, facts }: Context, { verdict }: Verdict.Signed, k: number): readonly Finding[] {
  const { tranche, round } = verdict;
  const manifest = Manifests.delivered(pack, facts).find((one) => one.tranche === tranche && one.round === round);
  if (!manifest || manifest.commits.length === 0 || verdict.subject.kind !== "commit") return [];
  const { hash } = verdict.subject;
  const good = manifest.commits.some(({ commit }) => commit === hash);
  return [
    finding(
      `verdict.${k + 1}.subject`,
      both(`Verdict ${k + 1} judges what was delivered`, `第 ${k + 1} 份结论针对所交付的内容`),
      good,
      good
        ? both(`the manifest has its commit ${hash}`, `交付清单列有其提交 ${hash}`)
        : both(`the manifest has no commit ${hash}`, `交付清单中没有提交 ${hash}`),
    ),
  ];
}

/** Of each criterion, part and round: whether the last runs of both sides say the same. */
function runs(list: readonly Verdict.Signed[], sides: readonly (Speaks | undefined)[]): readonly Finding[] {
  const spoken = list.flatMap(({ verdict }, k) => {
    const speaks = sides[k];
    return speaks ? [{ verdict, side: speaks.side }] : [];
  });
  const groups = Map.groupBy(
    spoken,
    ({ verdict: { tranche = 0, round = 0, criterion } }) => `${tranche + 1}.${round}.${criterion}`,
  );
  return [...groups].flatMap(([name, group]) => {
    const last = (side: Side) =>
      group
        .filter((one) => one.side === side)
        .toSorted((one, other) => one.verdict.ended - other.verdict.ended)
        .at(-1)?.verdict;
    const [one, other] = [last("client"), last("provider")];
    const some = one ?? other;
    return some ? [agreed(name, some, one, other)] : [];
  });
}

function agreed(
  name: string,
  { criterion, tranche = 0, round = 0 }: Verdict.Verdict,
  one: Verdict.Verdict | undefined,
  other: Verdict.Verdict | undefined,
): Finding {
  const part = Manifests.partOf({ tranche, round });
  const about = both(`${criterion} on ${part.en}`, `${part.zh}标准 ${criterion} `);
  const same = both(`Both sides' runs of ${about.en} say the same`, `双方对${about.zh}的运行结论一致`);
  if (!one || !other) {
    const missing = one ? SIDE.provider : SIDE.client;
    const why = both(`the pack has no run of the ${missing.en}'s`, `证明包中没有${missing.zh}的运行结论`);
    return finding(`runs.${name}`, same, "not checked", why);
  }
  const digest = Verdict.digest(one);
  if (digest === Verdict.digest(other))
    return finding(`runs.${name}`, same, true, both(`both have the digest ${digest}`, `两者摘要均为 ${digest}`));
  // That they differ is no fault of the pack's: it is what is proven.
  const differ = both(`The two sides' runs of ${about.en} differ`, `双方对${about.zh}的运行结论不同`);
  const says = Verdict.compare(one, other).map((difference) => difference.says);
  const why = both(says.map(({ en }) => en).join("; "), says.map(({ zh }) => zh).join("；"));
  return finding(`runs.${name}`, differ, true, why);
}
