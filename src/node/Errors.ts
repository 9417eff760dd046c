/** What can be wrong with a node's own surroundings. */
import { InputError } from "../agreement/index.ts";

const { both, CommendaError } = InputError;

/** The database does not answer, or not as a PostgreSQL. */
export class StoreUnreachable extends CommendaError {
  readonly next = "retry";

  constructor(url: string, options: { cause: unknown }) {
    const where = URL.canParse(url) ? new URL(url).host : "DATABASE_URL";
    const why = options.cause instanceof Error ? options.cause.message : String(options.cause);
    super(
      "StoreUnreachable",
      both("the store cannot be reached", "无法连接数据库"),
      both(
        `The PostgreSQL at ${where} cannot be used: ${why}. Check DATABASE_URL, and that the server runs.`,
        `无法使用 ${where} 处的 PostgreSQL：${why}。请检查 DATABASE_URL 及服务是否运行。`,
      ),
    );
    this.cause = options.cause;
  }
}

/** All that is wrong with how the node was told to run. */
export class BadConfiguration extends CommendaError {
  readonly next = "fix";
  readonly problems: readonly InputError.Words[];

  constructor(problems: readonly InputError.Words[]) {
    const list = (language: InputError.Language) => problems.map((words) => `\n- ${words[language]}`).join("");
    super(
      "BadConfiguration",
      both("the configuration has mistakes", "配置有误"),
      both(`The node cannot start like this:${list("en")}`, `节点无法以此配置启动：${list("zh")}`),
    );
    this.problems = problems;
  }
}
