/**
 * Contracts of many offices: public bodies' forms, studios, lawyers, letters, orders, two languages. The reader met
 * `institutions` and `enterprises` unseen once (precision 0.954 and 0.972, recall 0.729 and 0.803), and was mended since.
 */
import type { Contract } from "../Score.ts";
import { bilingual } from "./Bilingual.ts";
import { english } from "./English.ts";
import { enterprises } from "./Enterprises.ts";
import { institutions } from "./Institutions.ts";
import { procurement } from "./Procurement.ts";
import { studios } from "./Studios.ts";

export const contracts: readonly Contract[] = [
  ...procurement,
  ...studios,
  ...english,
  ...bilingual,
  ...institutions,
  ...enterprises,
];
