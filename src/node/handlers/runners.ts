/** Whether this node judges for an organisation, and by which key. */
import { eq } from "drizzle-orm";
import { Sandbox } from "../../acceptance/index.ts";
import { InputError } from "../../agreement/index.ts";
import type { Table } from "../../api/index.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Keys from "../judge/Keys.ts";
import type { Db } from "../store/Store.ts";
import * as schema from "../store/schema.ts";

const { CommendaError } = InputError;
const { runner } = schema;

async function told(db: Db, organisation: string): Promise<Table.Output<"runner.show">> {
  const [row] = await db.select({ address: runner.address }).from(runner).where(eq(runner.organisation, organisation));
  return { organisation, ...(row ? { address: row.address } : {}), ...(await sandbox()) };
}

async function sandbox(): Promise<Pick<Table.Output<"runner.show">, "sandbox" | "problem">> {
  try {
    return { sandbox: (await Sandbox.find()).name };
  } catch (error) {
    if (error instanceof CommendaError) return { problem: error.words };
    throw error;
  }
}

const show: Handler<"runner.show"> = ({ db }, { organisation }) => told(db, organisation);

const create: Handler<"runner.create"> = async (call, { organisation }) => {
  const address = await Keys.make(call.parts, call.db, organisation);
  call.note({ runner: address });
  return told(call.db, organisation);
};

const remove: Handler<"runner.remove"> = async (call, { organisation }) => {
  await call.db.delete(runner).where(eq(runner.organisation, organisation));
  return told(call.db, organisation);
};

export const runners = {
  "runner.show": show,
  "runner.create": create,
  "runner.remove": remove,
} satisfies Partial<Handlers>;
