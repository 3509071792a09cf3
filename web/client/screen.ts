// Entry of the screens: the hall's, the presidium's, the chair's page.
import { Screen } from "./page/screen.ts";

const place = document.querySelector("[data-renew]");
if (place !== null) new Screen(place).start();
