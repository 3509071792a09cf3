// Entry of the ballot page.
import { DeputyPage } from "./page/deputy_page.ts";
import { by_id } from "./page/dom.ts";
import { can_vote } from "./page/fitness.ts";
import { show_unfit } from "./page/screens/trouble.ts";
import { offer_bigger_text } from "./page/text_size.ts";

if (can_vote()) {
  offer_bigger_text();
  new DeputyPage(by_id("page").getAttribute("data-code") ?? "").start();
} else {
  show_unfit();
}
