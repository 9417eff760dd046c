/** Tells people that a desk no longer keeps its promise. */
import { InputError } from "../../agreement/index.ts";
import * as Notices from "../notify/Notices.ts";
import type { Db } from "../store/Store.ts";
import type { Needs, Row } from "./Desk.ts";
import * as Figures from "./Figures.ts";
import * as Work from "./Work.ts";

const { both } = InputError;

/** A fall of the precision that chance would hardly explain is told once a week. */
export async function watch(parts: Needs, db: Db, row: Row): Promise<void> {
  const now = parts.clock.now();
  const expected = row.outsideShare === null ? 0.05 : row.outsideShare / 10_000;
  const weeks = await Figures.weeks(db, row, { from: now - 7 * 86_400, to: now + 1 }, expected);
  for (const { from } of weeks.filter(({ alarms }) => alarms.includes("precision"))) {
    const people = await Work.crew(db, row.organisation);
    await Notices.tellUsers(parts, db, people, {
      ...{ kind: "desk.drift", key: `drift:${row.id}:${from}` },
      says: both(
        `${row.name}: more answers were wrong this week than the promise allows. Look at the figures, train it, or pause it.`,
        `${row.name}：本周错误答复超出承诺范围。请查看指标、重新训练或暂停工单台。`,
      ),
    });
  }
}
