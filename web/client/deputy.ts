// Entry of the ballot page, and of the thread that seals its ballots.
import { DeputyPage } from "./page/deputy_page.ts";
import { by_id } from "./page/dom.ts";
import { can_vote } from "./page/fitness.ts";
import { on_a_phone } from "./page/manner.ts";
import { show_unfit } from "./page/screens/trouble.ts";
import { serve_sealing } from "./page/sealing_thread.ts";
import { offer_bigger_text } from "./page/text_size.ts";

if (typeof document === "undefined") {
  serve_sealing();
} else if (can_vote()) {
  offer_bigger_text();
  new DeputyPage(by_id("page").getAttribute("data-code") ?? "", on_a_phone()).start();
} else {
  show_unfit();
}
