CREATE TABLE "desk" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation" uuid NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'working' NOT NULL,
	"promise" integer NOT NULL,
	"reopen_days" integer NOT NULL,
	"outside_share" integer,
	"costs" jsonb NOT NULL,
	"routing" jsonb NOT NULL,
	"model" text,
	"key" text NOT NULL,
	"key_secret" text NOT NULL,
	"lines" integer DEFAULT 0 NOT NULL,
	"head" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk_count" (
	"id" uuid PRIMARY KEY NOT NULL,
	"desk" uuid NOT NULL,
	"agreement" uuid NOT NULL,
	"document" jsonb NOT NULL,
	"key" text NOT NULL,
	"signature" text NOT NULL,
	"report" text,
	"client" text,
	"client_signature" text,
	"user" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk_example" (
	"id" serial PRIMARY KEY NOT NULL,
	"desk" uuid NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"label" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk_line" (
	"desk" uuid NOT NULL,
	"number" integer NOT NULL,
	"at" bigint NOT NULL,
	"before" text NOT NULL,
	"kind" text NOT NULL,
	"what" text NOT NULL,
	"hash" text NOT NULL,
	"ticket" uuid,
	"key" text,
	"signature" text,
	CONSTRAINT "desk_line_desk_number_pk" PRIMARY KEY("desk","number")
);
--> statement-breakpoint
CREATE TABLE "desk_model" (
	"hash" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"intents" jsonb NOT NULL,
	"notes" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "desk_model_source_unique" UNIQUE("source")
);
--> statement-breakpoint
CREATE TABLE "desk_seen" (
	"desk" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "desk_seen_desk_name_pk" PRIMARY KEY("desk","name")
);
--> statement-breakpoint
CREATE TABLE "desk_version" (
	"id" uuid PRIMARY KEY NOT NULL,
	"desk" uuid NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"starter" boolean NOT NULL,
	"embeddings" boolean DEFAULT false NOT NULL,
	"model" text,
	"right" integer,
	"before" integer,
	"frozen" integer,
	"why" jsonb,
	"user" text,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inlet" (
	"id" uuid PRIMARY KEY NOT NULL,
	"desk" uuid NOT NULL,
	"name" text NOT NULL,
	"scheme" text NOT NULL,
	"secret" text NOT NULL,
	"last_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playbook" (
	"desk" uuid NOT NULL,
	"id" text NOT NULL,
	"intent" text NOT NULL,
	"language" text NOT NULL,
	"answer" text NOT NULL,
	"needs" jsonb NOT NULL,
	"user" text,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "playbook_desk_id_pk" PRIMARY KEY("desk","id")
);
--> statement-breakpoint
CREATE TABLE "ticket" (
	"id" uuid PRIMARY KEY NOT NULL,
	"desk" uuid NOT NULL,
	"number" integer NOT NULL,
	"text" text NOT NULL,
	"language" text NOT NULL,
	"masked" jsonb NOT NULL,
	"bands" text[] NOT NULL,
	"count" integer NOT NULL,
	"references" jsonb NOT NULL,
	"source" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"danger" text,
	"severity" text,
	"team" text,
	"due" bigint,
	"escalate_at" bigint,
	"escalated_at" bigint,
	"decision" jsonb,
	"sure" real,
	"guess" text,
	"intent" text,
	"answer" text,
	"citations" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"answered_by" text,
	"answered_at" bigint,
	"assignee" text,
	"assigned_at" bigint,
	"reopened" integer DEFAULT 0 NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "desk" ADD CONSTRAINT "desk_organisation_organisation_id_fk" FOREIGN KEY ("organisation") REFERENCES "public"."organisation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_count" ADD CONSTRAINT "desk_count_desk_desk_id_fk" FOREIGN KEY ("desk") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_count" ADD CONSTRAINT "desk_count_agreement_agreement_id_fk" FOREIGN KEY ("agreement") REFERENCES "public"."agreement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_example" ADD CONSTRAINT "desk_example_desk_desk_id_fk" FOREIGN KEY ("desk") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_line" ADD CONSTRAINT "desk_line_desk_desk_id_fk" FOREIGN KEY ("desk") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_seen" ADD CONSTRAINT "desk_seen_desk_desk_id_fk" FOREIGN KEY ("desk") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_version" ADD CONSTRAINT "desk_version_desk_desk_id_fk" FOREIGN KEY ("desk") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_version" ADD CONSTRAINT "desk_version_model_desk_model_hash_fk" FOREIGN KEY ("model") REFERENCES "public"."desk_model"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inlet" ADD CONSTRAINT "inlet_desk_desk_id_fk" FOREIGN KEY ("desk") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playbook" ADD CONSTRAINT "playbook_desk_desk_id_fk" FOREIGN KEY ("desk") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket" ADD CONSTRAINT "ticket_desk_desk_id_fk" FOREIGN KEY ("desk") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "desk_org" ON "desk" USING btree ("organisation","created_at");--> statement-breakpoint
CREATE INDEX "desk_count_agreement" ON "desk_count" USING btree ("agreement","created_at");--> statement-breakpoint
CREATE INDEX "desk_count_desk" ON "desk_count" USING btree ("desk");--> statement-breakpoint
CREATE INDEX "desk_example_kind" ON "desk_example" USING btree ("desk","kind","id");--> statement-breakpoint
CREATE INDEX "desk_line_ticket" ON "desk_line" USING btree ("ticket");--> statement-breakpoint
CREATE INDEX "desk_line_at" ON "desk_line" USING btree ("desk","at");--> statement-breakpoint
CREATE UNIQUE INDEX "desk_version_number" ON "desk_version" USING btree ("desk","number");--> statement-breakpoint
CREATE INDEX "inlet_desk" ON "inlet" USING btree ("desk");--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_number" ON "ticket" USING btree ("desk","number");--> statement-breakpoint
CREATE INDEX "ticket_queue" ON "ticket" USING btree ("desk","state","due");--> statement-breakpoint
CREATE INDEX "ticket_late" ON "ticket" USING btree ("state","escalate_at");--> statement-breakpoint
CREATE INDEX "ticket_bands" ON "ticket" USING gin ("bands");