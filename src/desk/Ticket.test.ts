import { expect, test } from "vitest";
import * as Ticket from "./Ticket.ts";

const fold = (...texts: string[]) => Ticket.fold(texts.map((text, index) => ({ at: index + 1, text })));

test("behavior: near-duplicates are one ticket with a count, whatever their case, digits and signs", () => {
  const tickets = fold(
    "The app crashes when I open the camera!",
    "打开相机就闪退，版本5.1",
    "the app crashes when i open the camera",
    "打开相机就闪退！！版本5.2",
    "I would like a refund",
  );
  expect(tickets.map(({ at, count, language }) => ({ at, count, language }))).toEqual([
    { at: [1, 3], count: 2, language: "en" },
    { at: [2, 4], count: 2, language: "zh" },
    { at: [5], count: 1, language: "en" },
  ]);
});

test("behavior: what one letter makes another thing stays apart, and emoji are text", () => {
  expect(fold("refund my order", "cancel my order", "😀", "😡")).toHaveLength(4);
});

test("behavior: a ticket holds no personal data", () => {
  const [ticket] = fold("my mail is a@b.example, call 13812345678");
  expect(ticket?.text).toBe("my mail is [mail], call [phone]");
});
