/** `commenda desk train`: learns from a history and from corrections; or goes back to the model before. */
import { mkdirSync } from "node:fs";
import { InputError } from "../../../agreement/index.ts";
import * as Log from "../../../desk/Log.ts";
import * as Registry from "../../../desk/Registry.ts";
import * as Starter from "../../../desk/Starter.ts";
import * as Training from "../../../desk/Training.ts";
import { type Command, NOT_GOOD, OK } from "../../Command.ts";
import * as Folder from "./Folder.ts";
import * as Reading from "./Reading.ts";

const { both } = InputError;

export const train: Command = {
  path: ["desk", "train"],
  says: both(
    "learns from a history and from what people corrected; the model goes to work if a frozen set says that it is no worse",
    "从历史数据和人工更正中学习；冻结集表明不变差时才启用新模型",
  ),
  args: [],
  options: {
    desk: Reading.FOLDER,
    train: Reading.files(
      "labelled history; without it, the starter taxonomy",
      "已标注的历史数据；不提供则使用起步分类体系",
    ),
    valid: Reading.files("set aside for thresholds", "用于确定阈值"),
    "oos-train": Reading.files("texts outside of all intents", "不属于任何意图的文本"),
    frozen: Reading.files(
      "rows on which the new model must be right as often as the present one",
      "新模型不得差于现有模型的冻结集",
    ),
    starter: {
      type: "boolean",
      says: both("the starter taxonomy beside the history", "在历史数据之外加入起步分类体系"),
    },
    "oos-share": {
      type: "string",
      value: "SHARE",
      says: both("share of the traffic expected outside of scope", "预期超出范围的流量占比"),
    },
    rollback: { type: "boolean", says: both("back to the model before the present one", "回退到上一个模型") },
    ...Reading.SHARED,
  },
  examples: [
    { line: "commenda desk train", says: both("a desk that works from the first day", "首日即可工作的工单台") },
    {
      line: "commenda desk train --train history.csv --frozen frozen.jsonl",
      says: both("from a history of one's own", "使用自己的历史数据"),
    },
  ],
  async run(given, context) {
    const folder = Folder.folderOf(given);
    mkdirSync(folder, { recursive: true });
    const log = Folder.openLog(folder);
    const at = context.now() * 60;
    if (given.options.rollback === true) {
      const hash = Registry.rollback(folder);
      if (hash === undefined) {
        context.tell(both("There is no earlier model.", "没有更早的模型。")[given.language]);
        return NOT_GOOD;
      }
      Log.append(Folder.logOf(folder), log, [{ kind: "model", what: { model: hash, by: "rollback" } }], at);
      context.print(given.json ? JSON.stringify({ hash }) : hash);
      return OK;
    }
    const own = Reading.labelled(await Reading.take(given.lists.train ?? [], given, context));
    const isStarter = own.length === 0 || given.options.starter === true;
    const history = [...own, ...(isStarter ? Starter.examples() : []), ...Folder.correctionsIn(folder)];
    Reading.enough(history, "--train");
    const share = Reading.shareOf(given, "oos-share");
    const encoder = await Reading.encoderOf(given);
    const trained = await Training.train(history, {
      valid: Reading.labelled(await Reading.take(given.lists.valid ?? [], given, context)),
      outside: (await Reading.take(given.lists["oos-train"] ?? [], given, context)).map(({ text }) => text),
      outsideShare: share,
      encoder,
      progress: Reading.watch(given, context),
    });
    const hash = Registry.keep(folder, trained);
    const frozen = Reading.labelled(await Reading.take(given.lists.frozen ?? [], given, context));
    const promoted = await Registry.promote(folder, hash, frozen, encoder);
    context.progress(undefined);
    if (promoted.isPromoted)
      Log.append(Folder.logOf(folder), log, [{ kind: "model", what: { model: hash, by: "train" } }], at);
    if (given.json) context.print(JSON.stringify({ ...promoted, notes: trained.notes }));
    else {
      const { isPromoted, right, before } = promoted;
      const score = right === undefined ? "" : ` (${right}${before === undefined ? "" : ` / ${before}`})`;
      context.print(
        (isPromoted
          ? both(`${hash} works from now on${score}`, `${hash} 现已启用${score}`)
          : both(
              `${hash} is worse on the frozen set${score}: the present model stays`,
              `${hash} 在冻结集上更差${score}，保留现有模型`,
            ))[given.language],
      );
    }
    return promoted.isPromoted ? OK : NOT_GOOD;
  },
};
