"""What a thumb would miss: links, buttons and fields that are low and stand close to another.

A target is 44 px high, or no other lies within 44 px around its middle: the spacing of WCAG 2.2 (2.5.8, which
asks for 24), with the height of its 2.5.5. As there, a link within a sentence is as high as its line.
"""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

_MISSED: Final = """size => {
  const shown = one => {
    const box = one.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && box.right > 0 && getComputedStyle(one).visibility === 'visible';
  };
  const area = box => box.width * box.height;
  const reach = one => {
    const ways = [one, ...(/^(checkbox|radio|file)$/.test(one.type) ? one.labels : [])];
    return ways.filter(shown).map(way => way.getBoundingClientRect()).sort((a, b) => area(b) - area(a))[0];
  };
  const in_sentence = one => {
    if (getComputedStyle(one).display !== 'inline') return false;
    let block = one.parentElement;
    while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
    const rest = block.cloneNode(true);
    for (const other of rest.querySelectorAll('a, button, summary')) other.remove();
    return rest.textContent.trim() !== '';
  };
  const near = (box, other) => {
    const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    const aside = Math.max(other.left - x, 0, x - other.right);
    return Math.hypot(aside, Math.max(other.top - y, 0, y - other.bottom)) < size / 2;
  };
  const targets = [...document.querySelectorAll(
    'a[href], button:enabled, input:enabled:not([type=hidden]), select:enabled, textarea:enabled, summary'
  )].map(one => ({one, box: reach(one)})).filter(({box}) => box !== undefined);
  return targets.filter(({one, box}) =>
    Math.round(box.height) < size && targets.some(other => other.one !== one && near(box, other.box)) &&
    !in_sentence(one)
  ).map(({one, box}) => `${Math.round(box.height)} px: ${one.outerHTML.slice(0, 160)}`);
}"""


def missed(page: Page, size: int = 44) -> list[str]:
    """Each target that is lower than `size` CSS pixels and closer than that to the next."""
    found: list[str] = page.evaluate(_MISSED, size)
    return found
