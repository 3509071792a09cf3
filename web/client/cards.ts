// Entry of the card press.
import { CardPress } from "./page/card_press/press.ts";
import { by_id } from "./page/dom.ts";
import { can_seal } from "./page/fitness.ts";

const press = by_id("press");
const told = (name: string): string => press.getAttribute(`data-${name}`) ?? "";

if (can_seal()) {
  new CardPress({
    congress: told("congress"),
    session: told("session"),
    code: told("code"),
    address: told("address"),
    uuids: told("uuids").split(" "),
    hand_in: told("hand-in"),
    back: told("back"),
  }).start();
}
