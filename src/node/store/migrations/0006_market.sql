CREATE TABLE "attestation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"digest" text NOT NULL,
	"what" text NOT NULL,
	"issuer" text NOT NULL,
	"from" bigint NOT NULL,
	"until" bigint NOT NULL,
	"signature" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "brief" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"brief" jsonb NOT NULL,
	"closed" boolean DEFAULT false NOT NULL,
	"shown" boolean DEFAULT false NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"user" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "brief_draft" (
	"brief" uuid NOT NULL,
	"agreement" uuid NOT NULL,
	"organisation" uuid,
	CONSTRAINT "brief_draft_brief_agreement_pk" PRIMARY KEY("brief","agreement")
);
--> statement-breakpoint
CREATE TABLE "call_for" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brief" uuid NOT NULL,
	"token_hash" text,
	"organisation" uuid,
	"by" text NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "call_for_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "proof" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"state" text NOT NULL,
	"why" jsonb,
	"checked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "provider" (
	"organisation" uuid PRIMARY KEY NOT NULL,
	"profile" jsonb NOT NULL,
	"about" text DEFAULT '' NOT NULL,
	"listed" boolean NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ranking" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brief" uuid NOT NULL,
	"revision" integer NOT NULL,
	"bundle" jsonb NOT NULL,
	"judged" uuid[] NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revocation" (
	"digest" text NOT NULL,
	"issuer" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "revocation_digest_issuer_pk" PRIMARY KEY("digest","issuer")
);
--> statement-breakpoint
CREATE TABLE "shown_case" (
	"organisation" uuid NOT NULL,
	"ledger_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "shown_case_organisation_ledger_id_pk" PRIMARY KEY("organisation","ledger_id")
);
--> statement-breakpoint
CREATE TABLE "told_case" (
	"organisation" uuid NOT NULL,
	"id" text NOT NULL,
	"time" bigint NOT NULL,
	"area" text NOT NULL,
	"title" text NOT NULL,
	"skills" jsonb NOT NULL,
	"source" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "told_case_organisation_id_pk" PRIMARY KEY("organisation","id")
);
--> statement-breakpoint
ALTER TABLE "attestation" ADD CONSTRAINT "attestation_organisation_organisation_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brief" ADD CONSTRAINT "brief_organisation_organisation_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brief_draft" ADD CONSTRAINT "brief_draft_brief_brief_id_fk" FOREIGN KEY ("brief") REFERENCES "public"."brief"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brief_draft" ADD CONSTRAINT "brief_draft_agreement_agreement_id_fk" FOREIGN KEY ("agreement") REFERENCES "public"."agreement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_for" ADD CONSTRAINT "call_for_brief_brief_id_fk" FOREIGN KEY ("brief") REFERENCES "public"."brief"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_for" ADD CONSTRAINT "call_for_organisation_organisation_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proof" ADD CONSTRAINT "proof_organisation_organisation_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "provider" ADD CONSTRAINT "provider_organisation_organisation_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ranking" ADD CONSTRAINT "ranking_brief_brief_id_fk" FOREIGN KEY ("brief") REFERENCES "public"."brief"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shown_case" ADD CONSTRAINT "shown_case_organisation_organisation_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "told_case" ADD CONSTRAINT "told_case_organisation_organisation_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attestation_once" ON "attestation" USING btree ("organisation","digest");--> statement-breakpoint
CREATE INDEX "brief_organisation" ON "brief" USING btree ("organisation","updated_at");--> statement-breakpoint
CREATE INDEX "call_for_brief" ON "call_for" USING btree ("brief","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "call_for_once" ON "call_for" USING btree ("brief","organisation");--> statement-breakpoint
CREATE UNIQUE INDEX "proof_once" ON "proof" USING btree ("organisation","kind","subject");--> statement-breakpoint
CREATE INDEX "provider_listed" ON "provider" USING btree ("listed","organisation");--> statement-breakpoint
CREATE INDEX "ranking_brief" ON "ranking" USING btree ("brief","created_at");--> statement-breakpoint
CREATE INDEX "ranking_judged" ON "ranking" USING gin ("judged");--> statement-breakpoint
CREATE INDEX "told_case_time" ON "told_case" USING btree ("organisation","time");