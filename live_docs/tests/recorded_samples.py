"""Happenings, short: what the tests of recorded runs compare and print."""

from live_docs.recorded.runs import Happening


def happening(what: str, at: float = 0, lane: str = "js", **more: object) -> Happening:
    return {"at": at, "lane": lane, "what": what, **more}


def frame(payload: str, mask: str | None = None, opcode: int = 1, **more: object) -> dict[str, object]:
    length = len(bytes.fromhex(payload))
    return {
        "type": "frame", "fin": True, "rsv": 0, "opcode": opcode, "mask": mask, "length": length, "payload": payload,
        "cut": False, **more,
    }  # fmt: skip
