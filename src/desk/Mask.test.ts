import { expect, test } from "vitest";
import * as Mask from "./Mask.ts";

test.each([
  ["write to jane.doe+x@mail.example.com", "write to [mail]", ["mail"]],
  ["我的邮箱是zhang.san@例子.公司", "我的邮箱是[mail]", ["mail"]],
  ["打 138 1234 5678 或 +86-13912345678", "打 [phone] 或 [phone]", ["phone", "phone"]],
  ["座机010-62345678", "座机[phone]", ["phone"]],
  ["call +44 20 7946 0958 or (415) 555-2671", "call [phone] or [phone]", ["phone", "phone"]],
  ["card 4111 1111 1111 1111", "card [card]", ["card"]],
  ["身份证11010519491231002X，急", "身份证[identity]，急", ["identity"]],
  ["SSN 078-05-1120", "SSN [identity]", ["identity"]],
  // Full-width digits are digits.
  ["手机１３８１２３４５６７８", "手机[phone]", ["phone"]],
])("behavior: %s", (text, masked, found) => {
  const result = Mask.mask(text);
  expect(result.text.replaceAll(",", "，")).toBe(masked);
  expect([...result.found].sort()).toEqual([...found].sort());
});

test("behavior: numbers of orders, dates and versions stay", () => {
  const text = "order 20260102001234 of 2026-01-02, version 10.2.13, 1234 5678";
  expect(Mask.mask(text)).toEqual({ text, found: [] });
});
