// What differs between a deputy's own phone and a tablet that everybody in the hall uses: where things are kept, and
// the screens and sentences that speak of the device.

import type { Shelf } from "./device.ts";
import { show_entry } from "./screens/entry.ts";
import { show_receipt, type ReceiptActs } from "./screens/receipt.ts";
import { show_sending, type SendingScreen } from "./screens/sending.ts";
import { show_false_receipt, show_other_card } from "./screens/trouble.ts";

export interface Manner {
  shelf: Shelf;
  /** What the line at the top says while the network fails. */
  shaky: string;
  /** What to do when this device cannot seal a ballot. */
  cannot_seal: string;
  ask_card: (trouble: string | null, on_card: (credential: string) => void) => void;
  /** Another card is wanted; `unsent`: a sealed ballot of this one is still on its way. */
  other_card: (unsent: boolean, forget: () => void, back: () => void) => void;
  sending: (retry: () => void) => SendingScreen;
  /** The function it returns offers the next ballot, when one opens. */
  receipt: (title: string, tracker: string, act: ReceiptActs) => (go_on: () => void) => void;
  false_receipt: (retry: () => void) => void;
}

export function on_a_phone(): Manner {
  return {
    shelf: localStorage,
    shaky: "网络不稳，正在重试，您的选择已保存在本机",
    cannot_seal: "这部手机没能把票封好。请再试一次，或者换一部手机。",
    ask_card: show_entry,
    other_card: show_other_card,
    sending: show_sending,
    receipt: show_receipt,
    false_receipt: show_false_receipt,
  };
}
