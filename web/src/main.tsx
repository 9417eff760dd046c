import "./theme.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { activate, LanguageProvider, preferred } from "./Language.tsx";
import { queries } from "./Node.ts";
import { router } from "./routes.tsx";
import { SessionProvider } from "./Session.tsx";
import { Failure, Loading } from "./ui/Waiting.tsx";

await activate(preferred());
const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");
const alone = "mx-auto max-w-xl px-4 py-16";
createRoot(place).render(
  <StrictMode>
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <SessionProvider
          waiting={
            <div className={alone}>
              <Loading />
            </div>
          }
          failed={(error, again) => (
            <main className={alone}>
              <Failure error={error} again={again} />
            </main>
          )}
        >
          <RouterProvider router={router} />
        </SessionProvider>
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>,
);
