/** Many rows or ids as one value: a statement of the same text however many they are, put together in no time. */
import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

/** Inserts rows that have a value for every column that they name; what comes after, such as `on conflict`, follows. */
export function insertion<T extends PgTable>(
  table: T,
  columns: readonly (keyof T["$inferInsert"] & string)[],
  rows: readonly T["$inferInsert"][],
): SQL {
  const names = getTableColumns(table) as Record<string, PgColumn>;
  const named = columns.map((column) => [column, names[column]?.name ?? column] as const);
  const plain = rows.map((row) => Object.fromEntries(named.map(([column, name]) => [name, row[column]])));
  const text = JSON.stringify(plain, (_, value) => (typeof value === "bigint" ? value.toString() : value));
  const list = sql.join(
    named.map(([, name]) => sql.identifier(name)),
    sql`, `,
  );
  return sql`insert into ${table} (${list}) select ${list} from jsonb_populate_recordset(null::${table}, ${text}::jsonb)`;
}

/** Whether a column of text is among those. */
export const among = (column: PgColumn, values: readonly string[]): SQL =>
  sql`${column} = any(${sql.param([...values])}::text[])`;
