ALTER TABLE "agreement" ADD COLUMN "amount" numeric(78, 0);--> statement-breakpoint
ALTER TABLE "agreement" ADD COLUMN "currency" jsonb;--> statement-breakpoint
ALTER TABLE "deadline" ADD COLUMN "milestone" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "deadline" ADD COLUMN "to_client" numeric(78, 0) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "deadline" ADD COLUMN "to_provider" numeric(78, 0) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "standing" ADD COLUMN "held" numeric(78, 0);--> statement-breakpoint
ALTER TABLE "standing" ADD COLUMN "promised" numeric(78, 0);--> statement-breakpoint
ALTER TABLE "standing" ADD COLUMN "turns" jsonb;--> statement-breakpoint
-- Read anew from the ledger at the next start, with what is kept of it from now on.
UPDATE "standing" SET "cells" = NULL;
