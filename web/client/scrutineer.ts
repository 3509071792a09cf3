// Entry of the scrutineer page, and of the threads that check its ballots.
import { by_id, element, fill, paragraph } from "./page/dom.ts";
import { can_vote } from "./page/fitness.ts";
import { serve_checking } from "./page/scrutineer/checking_threads.ts";
import { ScrutineerPage } from "./page/scrutineer/scrutineer_page.ts";
import { offer_bigger_text } from "./page/text_size.ts";

if (typeof document === "undefined") {
  serve_checking();
} else if (can_vote()) {
  offer_bigger_text();
  new ScrutineerPage(location.pathname).start();
} else {
  fill(
    by_id("page"),
    element("h1", {}, "这个浏览器不能用于监票"),
    paragraph("它太旧，或者处在不保存内容的无痕模式。请换一部手机或电脑打开您的专用链接。", "warning"),
  );
}
