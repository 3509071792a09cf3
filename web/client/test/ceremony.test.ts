import assert from "node:assert/strict";
import { test } from "node:test";

import { IDENTITY, BASE, ORDER, member_of_hex, power, product, public_power } from "../ballot/group.ts";
import {
  deal,
  make_certificate,
  new_seed,
  own_index,
  read_ceremony,
  receive,
  shared_secret,
} from "../ballot/index.ts";
import { fixed_random, refused } from "./examples.ts";

const RANDOM = fixed_random("ceremony");

/** A whole ceremony of `size` of whom `threshold` open. */
function made(threshold: number, size: number) {
  const seeds = Array.from({ length: size }, () => new_seed(RANDOM));
  const certificates = seeds.map((seed, place) => make_certificate(seed, place + 1, threshold, size, RANDOM));
  const ceremony = read_ceremony(certificates, threshold);
  const deals = seeds.map((seed) => deal(seed, ceremony, RANDOM));
  return { seeds, certificates, ceremony, deals };
}

function at<T>(list: readonly T[], place: number): T {
  const found = list[place];
  assert(found !== undefined);
  return found;
}

function changed(document: string, field: string, value: unknown): string {
  return JSON.stringify({ ...(JSON.parse(document) as object), [field]: value });
}

function part(document: string, field: string): unknown {
  return (JSON.parse(document) as Record<string, unknown>)[field];
}

test("any two of three hold the secret behind the joint key, and one does not", () => {
  const { seeds, ceremony, deals } = made(2, 3);
  const secrets = seeds.map((seed) => shared_secret(seed, ceremony, receive(seed, ceremony, deals, RANDOM)));
  const joint = deals
    .map((dealt) => {
      const { message } = part(dealt, "coefexps") as { message: string };
      return member_of_hex(at(part(message, "coefexps") as string[], 0));
    })
    .reduce(product, IDENTITY);
  const [first, second, third] = [at(secrets, 0), at(secrets, 1), at(secrets, 2)];
  // The line through two points, at zero: 2·f(1) − f(2), and 3·f(2)/1 − 2·f(3)/1.
  assert(power(BASE, 2n * first - second).equals(joint));
  assert(power(BASE, 3n * second - 2n * third).equals(joint));
  assert(!power(BASE, first).equals(joint));
  assert(first < ORDER && public_power(BASE, first).equals(power(BASE, first)));
});

test("everybody finds the own place, and a stranger none", () => {
  const { seeds, ceremony } = made(1, 2);
  assert.deepEqual(
    seeds.map((seed) => own_index(seed, ceremony)),
    [1, 2],
  );
  refused("BadTrustee", () => own_index(new_seed(RANDOM), ceremony));
  refused("BadTrustee", () => deal(new_seed(RANDOM), ceremony, RANDOM));
});

test("a certificate of another place, size or threshold, or for two, is refused", () => {
  const { seeds, certificates } = made(2, 3);
  const again = (index: number, threshold: number, size: number, seed = at(seeds, 1)): string[] =>
    certificates.map((one, place) =>
      place === 1 ? make_certificate(seed, index, threshold, size, RANDOM) : one,
    );
  assert.equal(read_ceremony(again(2, 2, 3), 2).parties.length, 3);
  refused("BadTrustee", () => read_ceremony(again(3, 2, 3), 2));
  refused("BadTrustee", () => read_ceremony(again(2, 3, 3), 2));
  refused("BadTrustee", () => read_ceremony(again(2, 2, 4), 2));
  refused("BadTrustee", () => read_ceremony(again(2, 2, 3, at(seeds, 0)), 2));
  refused("BadTrustee", () => read_ceremony(certificates, 0));
  refused("BadTrustee", () => read_ceremony(certificates, 4));
});

test("a share that is not what its sender told everybody is refused", () => {
  const { seeds, ceremony, deals } = made(2, 3);
  const other = deal(at(seeds, 2), ceremony, RANDOM);
  for (const field of ["secrets", "coefexps", "signature"]) {
    const mixed = [at(deals, 0), at(deals, 1), changed(at(deals, 2), field, part(other, field))];
    refused("BadTrustee", () => receive(at(seeds, 0), ceremony, mixed, RANDOM));
  }
});

test("a share sealed for another, sent in another's name, or left out is refused", () => {
  const { seeds, ceremony, deals } = made(2, 3);
  const [first, second, third] = part(at(deals, 2), "secrets") as string[];
  const meant_for_another = changed(at(deals, 2), "secrets", [second, first, third]);
  const of_another = changed(at(deals, 2), "secrets", part(at(deals, 1), "secrets"));
  const one_less = changed(at(deals, 2), "secrets", []);
  for (const wrong of [meant_for_another, of_another, one_less]) {
    refused("BadTrustee", () => receive(at(seeds, 0), ceremony, [...deals.slice(0, 2), wrong], RANDOM));
  }
  refused("BadTrustee", () => receive(at(seeds, 0), ceremony, deals.slice(0, 2), RANDOM));
});

test("somebody else's last message opens with no other seed", () => {
  const { seeds, ceremony, deals } = made(2, 3);
  const share = receive(at(seeds, 1), ceremony, deals, RANDOM);
  refused("BadTrustee", () => shared_secret(at(seeds, 0), ceremony, share));
});
