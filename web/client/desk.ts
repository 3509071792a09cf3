// Entry of the desks in the hall: passes and cards are read with the camera instead of being typed.
import { keep_live } from "./page/desk/live.ts";
import { offer_scanning } from "./page/desk/scanning_form.ts";
import { offer_tapping } from "./page/desk/tapping.ts";

if (typeof BigInt === "function") {
  offer_scanning();
  offer_tapping();
  keep_live();
}
