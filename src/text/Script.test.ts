import { expect, test } from "vitest";
import { count, isRightToLeft, language, of } from "./Script.ts";

test("behavior: tells English, Chinese and others apart, whatever names of products they hold", () => {
  const texts = {
    en: [
      "Rewrite our payment service in Rust",
      "C++ developer",
      "A portal for the 北京 office",
      "We need GDPR compliance for the Zürich office",
    ],
    zh: [
      "用 React Native 重写我们的移动应用",
      "需要等保三级",
      "把 legacy 的 monolith 拆成 microservices，部署到 Kubernetes",
    ],
    other: [
      "Wir brauchen eine mobile App für die Schweiz",
      "モバイルアプリの開発",
      "نحتاج إلى تطبيق جوال",
      "12 345",
      "",
    ],
  };
  for (const [expected, each] of Object.entries(texts)) {
    expect(each.map((text) => [text, language(text)])).toEqual(each.map((text) => [text, expected]));
  }
});

test("behavior: counts the letters of mixed scripts and sees which way a text runs", () => {
  expect(count("React 小程序, привет; שלום عربي 한국 かな 1")).toEqual({
    latin: 5,
    han: 3,
    cyrillic: 6,
    hebrew: 4,
    arabic: 4,
    hangul: 2,
    kana: 2,
  });
  expect(["123 שלום abc", "abc שלום", "عربي", "小程序"].map(isRightToLeft)).toEqual([true, false, true, false]);
});

test("behavior: ranges are in order, and letters of later Unicode are none", () => {
  const every = Array.from({ length: 0x11_0000 }, (_, point) => of(String.fromCodePoint(point)));
  expect(every.filter((script) => script === "han").length).toBe(0x3 + 0x19c0 + 0x5200 + 0x200 + 0x123b0);
  expect(of("\u{11BC0}")).toBeUndefined();
});
