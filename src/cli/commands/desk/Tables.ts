/** Approved answers and tables of teams of one's own, from files in the forms of the API. */
import * as z from "zod";
import { Table } from "../../../api/index.ts";
import type * as Playbook from "../../../desk/Playbook.ts";
import type * as Route from "../../../desk/Route.ts";
import { BadFile, type Located } from "../../Errors.ts";
import * as Form from "../../Form.ts";
import * as Source from "../../Source.ts";

const answers = Table.table["playbook.put"].input.shape.playbooks;
const { rows, teams } = Table.table["routing.put"].input.shape;
const table = z.strictObject({ rows, teams });

/** Nothing where no file is named. Throws `FileUnusable`, or `BadFile` with all problems and their lines. */
export const playbooks = (file: unknown): readonly Playbook.Playbook[] | undefined =>
  typeof file === "string" ? read(file, answers) : undefined;

export const routing = (file: unknown): Route.Table | undefined =>
  typeof file === "string" ? (read(file, table) as unknown as Route.Table) : undefined;

function read<T extends z.ZodType>(file: string, schema: T): z.output<T> {
  const source = Source.open(file);
  const parsed = schema.safeParse(source.value);
  if (parsed.success) return parsed.data;
  const problems = Form.problemsIn(source.value, parsed.error.issues, schema);
  throw new BadFile(
    source.name,
    problems.map((problem): Located => ({ problem, at: source.at(problem.field) })),
  );
}
