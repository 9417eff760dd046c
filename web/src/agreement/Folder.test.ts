import { expect, test } from "vitest";
import * as Folder from "./Folder.ts";

test("pathOf: behavior: from the folder, in form NFC, without what git keeps", () => {
  expect(
    ["suite/suite.yaml", "suite/visible/a b.json", "suite/.git/HEAD", "suite/src/.git", "suite"].map(Folder.pathOf),
  ).toEqual(["suite.yaml", "visible/a b.json", undefined, "src/.git", undefined]);
  expect(Folder.pathOf("suite/cafe\u0301.txt")).toBe("caf\u00e9.txt");
});

test("read: error: more than one call takes", async () => {
  const file = new File([new Uint8Array(Folder.MOST + 1)], "big.bin");
  await expect(Folder.read([file])).rejects.toBeInstanceOf(Folder.TooMuch);
  expect(await Folder.read([new File(["tea 茶"], "a.txt")])).toEqual([{ path: "a.txt", content: "dGVhIOiMtg==" }]);
});
