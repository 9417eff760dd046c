/** `If-Match`: does something only to what the caller has seen, judged in the transaction that does it. */
import { eq } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Operation, Problem, Table } from "../../api/index.ts";
import type { Call, Handler, Handlers } from "../Call.ts";
import * as schema from "../store/schema.ts";
import * as Reply from "./Reply.ts";

const { both } = InputError;

/** The handlers, of which this one first compares what `GET` of the same address would answer now with the tags. */
export function on(handlers: Handlers, name: Table.Name, tags: string): Handlers {
  const path = Operation.pathOf(Table.rowOf(name).route);
  const shown = Table.NAMES.find((other) => Table.rowOf(other).route === `GET ${path}`);
  const run = handlers[name] as Handler<Table.Name>;
  const guarded: Handler<Table.Name> = async (call, input) => {
    if (shown === undefined) throw cannot();
    await hold(call, input as Record<string, unknown>);
    const fields = Object.entries(input).filter(([field]) => path.includes(`{${field}}`));
    const show = handlers[shown] as Handler<Table.Name>;
    const now = await show({ ...call, name: shown }, Object.fromEntries(fields) as never);
    if (!Reply.names(tags, Reply.tagOf(JSON.stringify(now)))) throw changed();
    return run(call, input);
  };
  return { ...handlers, [name]: guarded };
}

/** Whoever else changes it waits until we have. */
async function hold({ db }: Call, input: Record<string, unknown>): Promise<void> {
  const { agreement, organisation } = schema;
  const id = { agreement: input.agreement, organisation: input.organisation };
  if (typeof id.agreement === "string")
    await db.select({ id: agreement.id }).from(agreement).where(eq(agreement.id, id.agreement)).for("update");
  else if (typeof id.organisation === "string")
    await db
      .select({ id: organisation.id })
      .from(organisation)
      .where(eq(organisation.id, id.organisation))
      .for("update");
}

const changed = () =>
  new Problem.Problem(
    "changed-meanwhile",
    both(
      "If-Match names another state than the present one. Read it again, and decide anew.",
      "If-Match 所指并非当前状态。请重新读取后再作决定。",
    ),
  );

const cannot = () =>
  new Problem.Problem(
    "changed-meanwhile",
    both(
      "This address has no ETag of its own, so If-Match matches nothing. Leave the header out.",
      "该地址没有自己的 ETag，If-Match 无从匹配。请去掉该标头。",
    ),
  );
