CREATE TABLE "email_proof" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user" text NOT NULL,
	"email" text NOT NULL,
	"token_hash" text,
	"used_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "email_proof_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "invitation" ADD COLUMN "preview" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "email_proof" ADD CONSTRAINT "email_proof_user_user_id_fk" FOREIGN KEY ("user") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "email_proof_email" ON "email_proof" USING btree ("email","created_at");--> statement-breakpoint
CREATE INDEX "email_proof_user" ON "email_proof" USING btree ("user");