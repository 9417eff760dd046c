CREATE TABLE "folder" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"purpose" text NOT NULL,
	"hash" text NOT NULL,
	"files" jsonb NOT NULL,
	"about" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"user" text,
	"side" text,
	"ledger_id" text,
	"tranche" integer,
	"round" integer,
	"attempt" integer DEFAULT 1 NOT NULL,
	"criterion" text NOT NULL,
	"order" jsonb NOT NULL,
	"key" text,
	"state" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"problem" jsonb,
	"verdict" jsonb,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "run_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "run_log" (
	"run" uuid NOT NULL,
	"offset" integer NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "run_log_run_offset_pk" PRIMARY KEY("run","offset")
);
--> statement-breakpoint
CREATE TABLE "runner" (
	"organisation" uuid PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"key" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sealed" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"commitment" text NOT NULL,
	"reference_commitment" text,
	"salt" text NOT NULL,
	"part" uuid NOT NULL,
	"reference" uuid,
	"shown_at" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verdict" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement" uuid NOT NULL,
	"ledger_id" text NOT NULL,
	"tranche" integer NOT NULL,
	"round" integer NOT NULL,
	"criterion" text NOT NULL,
	"side" text NOT NULL,
	"attempt" integer NOT NULL,
	"digest" text NOT NULL,
	"passed" boolean NOT NULL,
	"confined" boolean NOT NULL,
	"document" jsonb NOT NULL,
	"run" uuid,
	"organisation" uuid NOT NULL,
	"user" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "folder" ADD CONSTRAINT "folder_id_evidence_id_fk" FOREIGN KEY ("id") REFERENCES "public"."evidence"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "folder" ADD CONSTRAINT "folder_agreement_agreement_id_fk" FOREIGN KEY ("agreement") REFERENCES "public"."agreement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run" ADD CONSTRAINT "run_agreement_agreement_id_fk" FOREIGN KEY ("agreement") REFERENCES "public"."agreement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_log" ADD CONSTRAINT "run_log_run_run_id_fk" FOREIGN KEY ("run") REFERENCES "public"."run"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runner" ADD CONSTRAINT "runner_organisation_organisation_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed" ADD CONSTRAINT "sealed_agreement_agreement_id_fk" FOREIGN KEY ("agreement") REFERENCES "public"."agreement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed" ADD CONSTRAINT "sealed_part_folder_id_fk" FOREIGN KEY ("part") REFERENCES "public"."folder"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed" ADD CONSTRAINT "sealed_reference_folder_id_fk" FOREIGN KEY ("reference") REFERENCES "public"."folder"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdict" ADD CONSTRAINT "verdict_agreement_agreement_id_fk" FOREIGN KEY ("agreement") REFERENCES "public"."agreement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verdict" ADD CONSTRAINT "verdict_run_run_id_fk" FOREIGN KEY ("run") REFERENCES "public"."run"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "folder_once" ON "folder" USING btree ("agreement","organisation","hash");--> statement-breakpoint
CREATE INDEX "run_agreement" ON "run" USING btree ("agreement","created_at");--> statement-breakpoint
CREATE INDEX "run_state" ON "run" USING btree ("state");--> statement-breakpoint
CREATE INDEX "run_round" ON "run" USING btree ("ledger_id","tranche","round");--> statement-breakpoint
CREATE UNIQUE INDEX "sealed_once" ON "sealed" USING btree ("agreement","commitment");--> statement-breakpoint
CREATE UNIQUE INDEX "verdict_once" ON "verdict" USING btree ("ledger_id","tranche","round","criterion","side","attempt");--> statement-breakpoint
CREATE INDEX "verdict_agreement" ON "verdict" USING btree ("agreement","created_at");