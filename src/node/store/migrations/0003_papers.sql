CREATE TABLE "ci_address" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement" uuid NOT NULL,
	"organisation" uuid NOT NULL,
	"user" text NOT NULL,
	"source" text NOT NULL,
	"name" text NOT NULL,
	"secret" text NOT NULL,
	"rotated_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ci_report" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement" uuid NOT NULL,
	"address" uuid NOT NULL,
	"source" text NOT NULL,
	"delivery" text NOT NULL,
	"body_hash" text NOT NULL,
	"kind" text NOT NULL,
	"repository" text NOT NULL,
	"commit" text NOT NULL,
	"name" text NOT NULL,
	"conclusion" text NOT NULL,
	"url" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invoice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seller" uuid NOT NULL,
	"year" integer NOT NULL,
	"number" integer NOT NULL,
	"agreement" uuid NOT NULL,
	"payment" text,
	"credits" uuid,
	"document" jsonb NOT NULL,
	"user" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invoice_payment_unique" UNIQUE("payment")
);
--> statement-breakpoint
CREATE TABLE "invoice_data" (
	"organisation" uuid PRIMARY KEY NOT NULL,
	"data" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invoice_series" (
	"seller" uuid NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "invoice_series_seller_year_pk" PRIMARY KEY("seller","year")
);
--> statement-breakpoint
CREATE TABLE "manifest" (
	"id" uuid PRIMARY KEY NOT NULL,
	"agreement" uuid NOT NULL,
	"ledger_id" text NOT NULL,
	"tranche" integer NOT NULL,
	"milestone" text NOT NULL,
	"round" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ci_address" ADD CONSTRAINT "ci_address_agreement_agreement_id_fk" FOREIGN KEY ("agreement") REFERENCES "public"."agreement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ci_report" ADD CONSTRAINT "ci_report_id_evidence_id_fk" FOREIGN KEY ("id") REFERENCES "public"."evidence"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ci_report" ADD CONSTRAINT "ci_report_agreement_agreement_id_fk" FOREIGN KEY ("agreement") REFERENCES "public"."agreement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ci_report" ADD CONSTRAINT "ci_report_address_ci_address_id_fk" FOREIGN KEY ("address") REFERENCES "public"."ci_address"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_seller_organisation_id_fk" FOREIGN KEY ("seller") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_agreement_agreement_id_fk" FOREIGN KEY ("agreement") REFERENCES "public"."agreement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_data" ADD CONSTRAINT "invoice_data_organisation_organisation_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_series" ADD CONSTRAINT "invoice_series_seller_organisation_id_fk" FOREIGN KEY ("seller") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_id_evidence_id_fk" FOREIGN KEY ("id") REFERENCES "public"."evidence"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_agreement_agreement_id_fk" FOREIGN KEY ("agreement") REFERENCES "public"."agreement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ci_address_agreement" ON "ci_address" USING btree ("agreement","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "ci_report_delivery" ON "ci_report" USING btree ("address","delivery");--> statement-breakpoint
CREATE UNIQUE INDEX "ci_report_body" ON "ci_report" USING btree ("address","body_hash");--> statement-breakpoint
CREATE INDEX "ci_report_agreement" ON "ci_report" USING btree ("agreement","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_number" ON "invoice" USING btree ("seller","year","number");--> statement-breakpoint
CREATE INDEX "invoice_agreement" ON "invoice" USING btree ("agreement","created_at");--> statement-breakpoint
CREATE INDEX "invoice_credits" ON "invoice" USING btree ("credits");--> statement-breakpoint
CREATE INDEX "manifest_agreement" ON "manifest" USING btree ("agreement","created_at");--> statement-breakpoint
CREATE FUNCTION "invoice_stays"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'an invoice is never changed: credit it'; END $$;--> statement-breakpoint
CREATE TRIGGER "invoice_stays" BEFORE UPDATE OR DELETE ON "invoice" FOR EACH ROW EXECUTE FUNCTION "invoice_stays"();
