import { expect, test } from "vitest";
import { dictionary } from "./Segment.ts";
import { tokens } from "./Token.ts";

test("behavior: stems, parts of identifiers, names with signs", () => {
  expect(tokens("[JFace] getTableViewer throws NPEs in HTTPServer2")).toEqual(
    "jface j face gettableviewer get tabl viewer throw npe httpserver2 http server 2".split(" "),
  );
  expect(tokens("C++ and C# with .NET, Node.js")).toEqual(["c++", "c#", ".net", "node.js"]);
});

test("behavior: Chinese and English in one text", () => {
  expect(tokens("用React开发小程序，需要等保")).toEqual(["react", "开发", "小程序", "等保"]);
  expect(tokens("微服务改造", { dictionary: dictionary(["微服务"]) })).toEqual(["微服务", "改造"]);
});

test("behavior: without stems or with the words that mean little", () => {
  expect(tokens("The running tests", { stems: false })).toEqual(["running", "tests"]);
  expect(tokens("The running tests", { stops: false })).toEqual(["the", "run", "test"]);
});

test("behavior: right-to-left, accents and nothing at all", () => {
  expect(tokens("تطبيق \u202Bجوال\u202C Zürich")).toEqual(["تطبيق", "جوال", "zürich"]);
  expect(tokens(" \u200B… —")).toEqual([]);
});
