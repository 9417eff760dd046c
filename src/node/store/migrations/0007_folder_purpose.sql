DROP INDEX "folder_once";--> statement-breakpoint
CREATE UNIQUE INDEX "folder_once" ON "folder" USING btree ("agreement","organisation","purpose","hash");