// deck.json of two cards for two rounds, and their secrets, for Python to read.
import { finish } from "../ballot/index.ts";
import { deck_file, make_cards } from "../page/card_press/deck.ts";
import { fixed_random, UUID } from "./examples.ts";

const uuids = [UUID, `${UUID}a`];
const cards = finish(make_cards({ number: 2, first: 1, uuids }, fixed_random("deck")));
const secrets = cards.map((card) => card.credential);
console.log(JSON.stringify({ file: deck_file("AbCdEfGh", uuids, cards), secrets }));
