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

/** Several nodes may work on a PostgreSQL, or one process alone. */
export class StoreInUse extends CommendaError {
  readonly next = "fix";

  constructor(wanted: "together" | "alone") {
    super(
      "StoreInUse",
      both("the store is in use", "数据库正在使用中"),
      wanted === "alone"
        ? both(
            "Nodes work on this PostgreSQL, and this needs it alone. Nothing was changed. Stop every node of the store, and try again.",
            "有节点正在使用该 PostgreSQL，而此操作需要独占。未作任何更改。请先停止使用该数据库的全部节点，再重试。",
          )
        : both(
            "This PostgreSQL is being read anew by `commenda reindex`. Start the node when that has ended.",
            "该 PostgreSQL 正由 commenda reindex 重建投影。请待其结束后再启动节点。",
          ),
    );
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

/** Nobody can listen there: somebody does already, or may not. */
export class AddressInUse extends CommendaError {
  readonly next = "fix";

  constructor(host: string, port: number) {
    super(
      "AddressInUse",
      both("the address cannot be listened on", "无法监听该地址"),
      both(
        `${host}:${port} is in use, or not this machine's to use. Stop what listens there, or choose another port with --port.`,
        `${host}:${port} 已被占用，或不可用。请停止占用它的程序，或以 --port 另选端口。`,
      ),
    );
  }
}

/** The store was filled from another ledger. */
export class OtherLedgersStore extends CommendaError {
  readonly next = "fix";

  constructor(found: string, expected: string) {
    super(
      "OtherLedgersStore",
      both("the store belongs to another ledger", "数据库属于另一账本"),
      both(
        `The store was made with ${found}, and the node is told to use ${expected}. Nothing was changed. Use the ledger it belongs to, or another COMMENDA_HOME or DATABASE_URL.`,
        `该数据库对应 ${found}，而节点被指定使用 ${expected}。未作任何更改。请使用其所属账本，或另设 COMMENDA_HOME 或 DATABASE_URL。`,
      ),
    );
  }
}
