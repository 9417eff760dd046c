/**
 * Contracts written by another hand, without sight of the reader: what a careful lawyer would say each one states.
 * A bare date stands as its day, since a contract names no hour.
 */
import type { Contract } from "../Score.ts";
import { clinic } from "./Clinic.ts";
import { energy } from "./Energy.ts";
import { fleet } from "./Fleet.ts";
import { harbour } from "./Harbour.ts";
import { insurance } from "./Insurance.ts";
import { logistics } from "./Logistics.ts";
import { museum } from "./Museum.ts";
import { orchard } from "./Orchard.ts";
import { school } from "./School.ts";
import { warehouse } from "./Warehouse.ts";

export const contracts: readonly Contract[] = [
  warehouse,
  clinic,
  logistics,
  school,
  energy,
  insurance,
  fleet,
  museum,
  orchard,
  harbour,
];
