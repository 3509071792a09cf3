// Entry of the screens: the hall's, the presidium's, the chair's page.
import { KeptScreen } from "./page/kept_screen.ts";
import { Screen } from "./page/screen.ts";

const place = document.querySelector("[data-renew]");
const worker = document.documentElement.getAttribute("data-worker");
const kept = worker === null ? null : KeptScreen.begin(worker);
if (place !== null) new Screen(place, () => kept?.heard()).start();
