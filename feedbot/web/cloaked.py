"""The e-mail addresses that Cloudflare cloaks, and a script of its shows to readers again.

    <a class="__cf_email__" data-cfemail="543931142d2d">[email&#160;protected]</a>

The first byte is the key with which each of the others was changed (exclusive or).
"""

from __future__ import annotations

from lxml import etree

ATTRIBUTE = "data-cfemail"
LONGEST = 512  # hexadecimal digits of one
CLOAKED = etree.XPath(f"descendant::*/@{ATTRIBUTE}/..")


def show_addresses(root: etree._Element, body: bytes) -> None:
    """Writes the addresses of a page where readers see them; broken ones stay as they are."""
    if ATTRIBUTE.encode() not in body:
        return
    for element in CLOAKED(root):
        if address := address_of(element.get(ATTRIBUTE) or ""):
            element.clear(keep_tail=True)  # set anew, a control character in it would be refused
            element.tag, element.text = "span", address


def address_of(cloaked: str) -> str:
    """The address that hexadecimal digits stand for; "" for none."""
    try:
        key, *signs = bytes.fromhex(cloaked[:LONGEST])
        address = bytes(sign ^ key for sign in signs).decode()
    except ValueError:  # no digits, no key, or no text
        return ""
    return address if "@" in address and address.isprintable() else ""
