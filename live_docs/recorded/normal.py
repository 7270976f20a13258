"""What two runs can never have in common is written the same way in each, so that recording again gives the same file.

What the protocol draws at random becomes what RFC 6455 has in its examples, so that the sums with it still come out:
the key of a handshake and its answer (section 1.3), a mask (section 5.7). What the server or a sandbox draws becomes
as many characters of their own kind; ports become those of the site where it is served at home.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256

from live_docs.recorded.compared import WRAPPED, mapped, threads
from live_docs.recorded.runs import Happening

KEY, ACCEPT = "dGhlIHNhbXBsZSBub25jZQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
MASK = "37fa213d"
PAGE_PORT, SERVER_PORT, CLIENT_PORT = "8000", "8001", "50000"
OBSERVATION = "an-id-nobody-can-guess"
POOL = "42"

DRAWN = re.compile(r"(?im)^sec-websocket-(key|accept): *(\S+)")
RANDOM = re.compile(
    r"(?<=!)[A-Za-z0-9]{12,}"  # a channel's name after its mark
    r"|[\w-]{8,}([.:])(?:1[A-Za-z0-9]{5}\1)?[\w-]{43}(?![\w-])"  # signed by Django: the value, the time, the signature
    r"|(?<![\w%-])(?<!bytes )(?<!bytes=\")[0-9a-f]{32}(?![\w-])"  # 16 bytes, unless they are a message
    r"|(?<![\w%-])(?!ThreadPoolExecutor-)(?=[A-Za-z_-]*\d)(?=[0-9a-f]*[A-Zg-z_-])[\w-]{16,}(?![\w-])"  # long, digits
)
BREAK = r"(?:'\n\s+b?')?"
"""What Python puts between two parts of a long text, by its length."""

FIXED = (
    (re.compile(r"(?<=observe=)[\w-]{22}"), OBSERVATION),
    (re.compile(rf"([\[(]\\*'127\.0\.0\.1\\*', )(?!{SERVER_PORT}\b)\d+"), rf"\g<1>{CLIENT_PORT}"),
    (re.compile(r"(?<=ThreadPoolExecutor-)[1-9]\d*(?=_\d)"), POOL),  # Python counts pools; the first is asgiref's
)
HEX, LETTERS = "0123456789abcdef", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
CLOSE = 8
TEXT_OPCODES = (1, CLOSE)


def normal(happened: list[Happening], page_port: int, server_port: int) -> list[Happening]:
    """What happened, without what is drawn anew in each run; `at` and `took` stay as they were."""
    keys = dict(drawn(happened))
    ports = re.compile(rf"(?<![\d.])({page_port}|{server_port})(?![\d.])")
    instead: dict[str, str] = {}

    def known_beforehand(text: str) -> str:
        for key, example in keys.items():
            text = text.replace(key, example)
        text = ports.sub(lambda match: PAGE_PORT if match[0] == str(page_port) else SERVER_PORT, text)
        for pattern, words in FIXED:
            text = pattern.sub(words, text)
        return text

    happened = [rewritten(happening, known_beforehand) for happening in happened]
    for _, thread in sorted(threads(happened).items()):  # so that what is drawn has the same number in each run
        for text in (text for happening in thread for text in texts(happening)):
            for match in RANDOM.finditer(WRAPPED.sub("", text)):
                instead.setdefault(match[0], alike(match[0], len(instead)))
    if not instead:
        return happened
    words = sorted(instead, key=len, reverse=True)  # one may be a part of another
    known = re.compile("|".join(f"({BREAK.join(map(re.escape, word))})" for word in words))

    def rewrite(match: re.Match[str]) -> str:
        kept = iter(instead[words[(match.lastindex or 1) - 1]])
        return "".join(part if len(part) > 1 else next(kept) for part in re.findall(r"'\n\s+b?'|.", match[0]))

    return [rewritten(happening, partial(known.sub, rewrite)) for happening in happened]


def texts(happening: Happening) -> list[str]:
    """All that is written in a happening, but for ASGI's bytes: in hexadecimal, any text looks as if it were random."""
    found: list[str] = []
    observed = {name: value for name, value in happening.get("observed", {}).items() if name != "event"}

    def note(text: str) -> str:
        found.append(text)
        return text

    rewritten({**happening, "observed": observed}, note)
    return found


def drawn(happened: list[Happening]) -> Iterator[tuple[str, str]]:
    """The keys and answers of all handshakes, and what stands for them."""
    for happening in happened:
        for name, value in DRAWN.findall((happening.get("observed") or {}).get("text", "")):
            yield value, KEY if name.lower() == "key" else ACCEPT


def alike(token: str, number: int) -> str:
    """As many characters of the same kind, the same for the same number; what parts it stays."""
    if token in KEY or token in ACCEPT:
        return token
    digest = sha256(str(number).encode()).hexdigest() * (len(token) // 32 + 1)
    alphabet = HEX if re.fullmatch(r"[0-9a-f-]+", token) else LETTERS
    kept = "-" if alphabet is HEX else ".:"
    drawn = (alphabet[int(digest[at : at + 2], 16) % len(alphabet)] for at in range(len(token)))
    return "".join(char if char in kept else other for char, other in zip(token, drawn, strict=True))


def rewritten(happening: Happening, rewrite: Callable[[str], str]) -> Happening:
    """A happening with each of its texts rewritten, that of a frame within its payload."""
    frame = happening.get("observed", {})
    if frame.get("type") != "frame":
        return {name: mapped(value, rewrite) for name, value in happening.items()}
    body = bytes.fromhex(frame["payload"])
    again = payload(frame["opcode"], body, rewrite)
    drawn = {"mask": frame["mask"] and MASK, "payload": again.hex(), "length": frame["length"] + len(again) - len(body)}
    rest = {name: mapped(value, rewrite) for name, value in happening.items() if name != "observed"}
    return {**rest, "observed": {**frame, **drawn}}


def payload(opcode: int, body: bytes, rewrite: Callable[[str], str]) -> bytes:
    """A frame's payload with its text rewritten. What was cut within a character, or is no text, stays."""
    if opcode not in TEXT_OPCODES:
        return body
    code = body[:2] if opcode == CLOSE else b""
    try:
        return code + rewrite(body[len(code) :].decode()).encode()
    except UnicodeDecodeError:
        return body
