// Entry of the tablet in the hall, and of the thread that seals its ballots.
import { by_id } from "./page/dom.ts";
import { can_seal } from "./page/fitness.ts";
import { serve_sealing } from "./page/sealing_thread.ts";
import { show_unfit_tablet } from "./page/tablet/screens.ts";
import { Tablet } from "./page/tablet/tablet.ts";

if (typeof document === "undefined") {
  serve_sealing();
} else if (can_seal()) {
  const page = by_id("page");
  const seconds = (name: string): number => Number(page.getAttribute(name)) * 1_000;
  const patience = { receipt_ms: seconds("data-receipt-seconds"), idle_ms: seconds("data-idle-seconds") };
  new Tablet(page.getAttribute("data-code") ?? "", patience).start();
} else {
  show_unfit_tablet();
}
