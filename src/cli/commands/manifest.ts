/** `commenda manifest`: what a delivery consists of, as one file whose salted hash is what is delivered. */
import { InputError, Manifest, Verdict } from "../../agreement/index.ts";
import * as Escrow from "../../ledger/Escrow.ts";
import * as ActForm from "../ActForm.ts";
import { type Command, type Given, OK } from "../Command.ts";
import * as Delivered from "../Delivered.ts";
import { BadFile, UsageError } from "../Errors.ts";
import * as EvidenceFile from "../EvidenceFile.ts";
import * as Output from "../Output.ts";
import * as Site from "../Site.ts";

const { both } = InputError;

export const manifest: Command = {
  path: ["manifest"],
  says: both(
    "puts commits, files and verdicts of a delivery into one file, to be delivered by `commenda act deliver --file`",
    "将一次交付的提交、文件与结论汇为一个文件，再以 `commenda act deliver --file` 交付",
  ),
  args: [],
  options: {
    terms: Site.OPTIONS.terms as never,
    rpc: Site.OPTIONS.rpc as never,
    milestone: { type: "string", value: "NAME", says: ActForm.OPTIONS.milestone },
    commit: {
      type: "string",
      value: "COMMIT@REPOSITORY",
      repeats: true,
      says: both("a commit in full, and where it can be fetched", "完整提交哈希及其仓库地址"),
    },
    file: {
      type: "string",
      value: "FILE",
      repeats: true,
      says: both(
        "a file; its salt goes to the list beside the terms, TERMS.evidence.json",
        "文件；其盐存入条款文件旁的 TERMS.evidence.json",
      ),
    },
    verdict: {
      type: "string",
      value: "FILE",
      repeats: true,
      says: both("a signed verdict, as `commenda accept run` writes it", "已签署的结论（`commenda accept run` 写出）"),
    },
    note: { type: "string", value: "TEXT", says: both("what else is to be said", "其他说明") },
    out: { type: "string", value: "FILE", says: both("where it is written", "写入的文件") },
  },
  examples: [
    {
      line: "commenda manifest --terms terms.json --milestone build --commit 4b825dc642cb6eb9a060e54bf8d69288fbee4904@https://git.example/shop.git --file handbook.pdf --out manifest.json",
      says: both(
        "then: commenda act deliver --terms terms.json --milestone build --file manifest.json",
        "然后：commenda act deliver --terms terms.json --milestone build --file manifest.json",
      ),
    },
  ],
  async run(given, context) {
    const out = need(given, "out");
    const name = need(given, "milestone");
    const { commit = [], file = [], verdict = [] } = given.lists;
    const { note } = given.options;
    const commits = commit.map(commitOf);
    const verdicts = verdict.map(Delivered.verdict);
    const { ledger, subject, terms } = await Site.open(given, context.env);
    try {
      const tranche = ActForm.tranche(name, terms);
      const agreement = Escrow.idOf(ledger, subject);
      const { round = 0 } = (await Escrow.state(ledger, subject)).cells[tranche] ?? {};
      const list = EvidenceFile.beside(Site.termsOf(given));
      const use = { agreement, act: "manifest", tranche, round };
      const files = file.map((one) => EvidenceFile.keep(list, one, use, context.random()));
      const document = Manifest.parse({
        ...{ version: "commenda-manifest/1", agreement, tranche, round, commits, reports: [], readings: [] },
        files: files.map(({ evidence, commitment }) => ({ name: evidence.name, size: evidence.size, commitment })),
        verdicts: verdicts.map((one) => ({
          ...{ criterion: one.verdict.criterion, by: one.by.toLowerCase() },
          ...{ digest: Verdict.digest(one.verdict), document: Verdict.contentHash(one.verdict) },
        })),
        ...(typeof note === "string" ? { note } : {}),
      });
      Output.write(out, Manifest.write(document));
      const says = both(
        `${out}: ${commits.length} commits, ${files.length} files, ${verdicts.length} verdicts. Deliver it: commenda act deliver --milestone ${name} --file ${out}`,
        `${out}：${commits.length} 个提交、${files.length} 个文件、${verdicts.length} 份结论。交付：commenda act deliver --milestone ${name} --file ${out}`,
      );
      context.tell(says[given.language]);
      return OK;
    } catch (error) {
      if (!(error instanceof InputError.BadInput)) throw error;
      throw new BadFile(
        out,
        error.problems.map((problem) => ({ problem, at: undefined })),
      );
    } finally {
      await ledger.close();
    }
  },
};

function need({ options }: Given, name: "out" | "milestone"): string {
  const value = options[name];
  if (typeof value === "string") return value;
  const says = manifest.options[name]?.says ?? both("", "");
  throw new UsageError(both(`--${name} is missing: ${says.en}.`, `缺少 --${name}：${says.zh}。`));
}

function commitOf(text: string): { commit: string; repository: string } {
  const [, commit, repository] = /^([0-9a-f]{40}|[0-9a-f]{64})@(.+)$/.exec(text) ?? [];
  if (commit !== undefined && repository !== undefined) return { commit, repository };
  const found = InputError.show(text);
  throw new UsageError(
    both(
      `--commit: found ${found}, expected a commit in full and where it is: 4b82…4904@https://git.example/shop.git.`,
      `--commit：现为 ${found}，应为完整提交哈希与仓库地址：4b82…4904@https://git.example/shop.git。`,
    ),
  );
}
