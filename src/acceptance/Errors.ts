/** Why there is no verdict. Each says what to do, in both languages; what a delivery does wrong is a verdict, not an error. */
import { InputError } from "../agreement/index.ts";

const { both, CommendaError } = InputError;
type Words = InputError.Words;

/** A suite folder that cannot be judged by. */
export class BadSuite extends CommendaError {
  readonly next = "fix";
  readonly folder: string;
  readonly problems: readonly InputError.CommendaError[];

  constructor(folder: string, problems: readonly InputError.CommendaError[]) {
    const list = (language: InputError.Language) => problems.map((one) => `\n- ${one.in(language)}`).join("");
    super(
      "BadSuite",
      both("the suite has problems", "用例集有误"),
      both(`${folder} is no sound suite:${list("en")}`, `${folder} 不是可用的用例集：${list("zh")}`),
    );
    this.folder = folder;
    this.problems = problems;
  }
}

/** A folder that cannot be hashed or copied: links that lead out, devices, names that are no paths, too much of it. */
export class BadFolder extends CommendaError {
  readonly next = "fix";
  readonly folder: string;

  constructor(folder: string, why: Words) {
    super(
      "BadFolder",
      both("the folder cannot be used", "文件夹无法使用"),
      both(`${folder}: ${why.en}`, `${folder}：${why.zh}`),
    );
    this.folder = folder;
  }
}

/** What was given is not what the terms bind. */
export class HashDiffers extends CommendaError {
  readonly next = "stop";
  readonly found: string;
  readonly expected: string;

  constructor(what: Words, found: string, expected: string) {
    super(
      "HashDiffers",
      both("this is not what both signed", "与双方签署的不一致"),
      both(
        `${what.en} hashes to ${found}, not to ${expected} as both signed. Nothing was run. Ask for the very files that were agreed.`,
        `${what.zh}的哈希为 ${found}，并非双方签署的 ${expected}。未作任何运行。请索取约定的原文件。`,
      ),
    );
    this.found = found;
    this.expected = expected;
  }
}

/** There is no such commit where it was looked for. */
export class CommitGone extends CommendaError {
  readonly next = "stop";
  readonly commit: string;
  readonly repository: string;

  constructor(commit: string, repository: string, detail: string) {
    super(
      "CommitGone",
      both("the commit is not there", "找不到该提交"),
      both(
        `${repository} has no commit ${commit}${detail ? ` (${detail})` : ""}. Nothing was run: evidence that is not available is a reason to reject. Ask for it to be pushed again, or name another repository.`,
        `${repository} 中没有提交 ${commit}${detail ? `（${detail}）` : ""}。未作任何运行；证据无法取得可作为拒收理由。请对方重新推送，或另指仓库。`,
      ),
    );
    this.commit = commit;
    this.repository = repository;
  }
}

/** More than the limits let in. */
export class TooLarge extends CommendaError {
  readonly next = "stop";
  /** MB. */
  readonly limit: number;

  constructor(what: Words, limit: number) {
    super(
      "TooLarge",
      both("it is too large", "体积过大"),
      both(
        `${what.en} is larger than ${limit} MB, the limit for what is fetched. Nothing was run. Deliver less, or raise the limit in the terms.`,
        `${what.zh}超过 ${limit} MB 的获取上限。未作任何运行。请减小交付物，或在条款中提高上限。`,
      ),
    );
    this.limit = limit;
  }
}

/** A dependency that is not pinned by an integrity hash, or comes from elsewhere than the allowed registry. */
export class DependencyRefused extends CommendaError {
  readonly next = "fix";
  readonly dependency: string;

  constructor(dependency: string, why: Words) {
    super(
      "DependencyRefused",
      both("a dependency is refused", "依赖项被拒绝"),
      both(`${dependency}: ${why.en}`, `${dependency}：${why.zh}`),
    );
    this.dependency = dependency;
  }
}

/** Foreign code is not run where nothing holds it. */
export class NoSandbox extends CommendaError {
  readonly next = "fix";
  readonly tried: readonly { engine: string; why: string }[];

  constructor(tried: readonly { engine: string; why: string }[]) {
    const list = tried.map(({ engine, why }) => `\n- ${engine}: ${why}`).join("");
    super(
      "NoSandbox",
      both("nothing here can hold foreign code", "本机没有可用的沙箱"),
      both(
        `No sandbox works here, so foreign code is not run:${list}\nInstall bubblewrap, allow user namespaces, or give --unconfined: the verdict will state it, and will never accept by itself.`,
        `本机没有可用的沙箱，因此不运行外来代码：${list}\n请安装 bubblewrap、允许用户命名空间，或使用 --unconfined：结论会注明，且不会自动验收。`,
      ),
    );
    this.tried = tried;
  }
}

/** The sandbox itself did not come up: a fault of the machine or of ours, never of the delivery. */
export class SandboxFailed extends CommendaError {
  readonly next = "retry";
  /** What it said, shown. */
  readonly said: string;

  constructor(engine: string, detail: string) {
    const shown = InputError.show(detail.slice(-800));
    super(
      "SandboxFailed",
      both("the sandbox did not start", "沙箱未能启动"),
      both(
        `The sandbox (${engine}) ended before the command began: ${shown}. Run \`commenda doctor\`, make room in memory and on disk, and try again.`,
        `沙箱（${engine}）在命令开始前结束：${shown}。请运行 \`commenda doctor\`，腾出内存与磁盘后重试。`,
      ),
    );
    this.said = shown;
  }
}

/** A sealed part whose own reference solution fails it. */
export class SealVoid extends CommendaError {
  readonly next = "fix";
  readonly failed: readonly string[];

  constructor(failed: readonly string[]) {
    const list = failed.join(", ");
    super(
      "SealVoid",
      both("the reference solution fails the sealed part", "参考实现未通过密封部分"),
      both(
        `The reference solution does not pass the sealed part (${list}), so that the part would be void. Correct one of them, and seal again.`,
        `参考实现未通过密封部分（${failed.join("、")}），该部分将作废。请更正其一后重新密封。`,
      ),
    );
    this.failed = failed;
  }
}

/** Why a run in a process of its own came to no verdict, as that process said it. */
export class RunFailed extends CommendaError {
  readonly next: InputError.Next;

  constructor(given: { name: string; next: InputError.Next; title: Words; words: Words }) {
    super(given.name, given.title, given.words);
    this.next = given.next;
  }
}
