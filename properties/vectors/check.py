#!/usr/bin/env python3
"""Checks the vectors against a second implementation, written from the text of draft-06 with nothing but the standard
library of Python: frames and messages, bodies of Close, UTF-8, Sec-WebSocket-Accept and timeout values.

    python3 check.py [DIRECTORY]

DIRECTORY is where the vectors are, that of this script unless told. Prints one line for each file, and one for each
disagreement; the exit status is 1 when there is any. It is also an example of how to use the vectors.
"""

import base64
import codecs
import hashlib
import json
import pathlib
import re
import sys

OPCODE_CONTINUATION, OPCODE_CLOSE, OPCODE_PING, OPCODE_PONG, OPCODE_TEXT, OPCODE_BINARY = range(6)
CONTROL = (OPCODE_CLOSE, OPCODE_PING, OPCODE_PONG)
GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def bytes_of(notation):
    """The bytes that hexadecimal digits stand for, or parts of them, some of which are repeated."""
    parts = [notation] if isinstance(notation, str) else notation
    return b"".join(
        bytes.fromhex(part) if isinstance(part, str) else bytes.fromhex(part["repeat"]) * part["times"]
        for part in parts
    )


class Fault(Exception):
    """Something is wrong with the input: a code, and where it shows."""

    def __init__(self, code, offset=None):
        super().__init__(code)
        self.code = code
        self.offset = offset


class NeedMore(Exception):
    """The input ends too early."""


def read_frame(stream, at, masked, minimal_only):
    """Section 4.2 and 4.3: the frame at an offset, and the offset behind it."""
    start = at + 4 if masked else at
    key = stream[at:start] if masked else b"\0\0\0\0"

    def clear(index):
        """Octet `index` of the clear frame, the header included."""
        if start + index >= len(stream):
            raise NeedMore
        return stream[start + index] ^ key[index % 4]

    first = clear(0)
    opcode = first & 15
    for bit, name in ((64, "rsv1-set"), (32, "rsv2-set"), (16, "rsv3-set")):
        if first & bit:
            raise Fault(name, start)
    if opcode > OPCODE_BINARY:
        raise Fault("reserved-opcode", start)
    if opcode in CONTROL and not first & 128:
        raise Fault("fragmented-control", start)
    second = clear(1)
    if second & 128:
        raise Fault("rsv4-set", start + 1)
    length = second & 127
    header = 2
    if length > 125:
        header += 2 if length == 126 else 8
        if length == 127 and clear(2) & 128:
            raise Fault("length-high-bit", start + 2)
        shortest = 126 if length == 126 else 65536
        length = int.from_bytes(bytes(clear(index) for index in range(2, header)), "big")
        if minimal_only and length < shortest:
            raise Fault("non-minimal-length", start + 2)
    if opcode in CONTROL and length > 125:
        raise Fault("long-control", start + 1)
    end = start + header + length
    if end > len(stream):
        raise NeedMore
    cipher = (key * (length // 4 + 2))[header % 4 :][:length]
    body = int.from_bytes(stream[end - length : end], "big") ^ int.from_bytes(cipher, "big")
    frame = {"fin": first >= 128, "rsv": "0000", "opcode": opcode, "payload": body.to_bytes(length, "big")}
    if masked:
        frame["key"] = key
    return frame, end


def read_stream(given, data, choices):
    """Sections 4.2 to 4.4: the frames and messages of a stream."""
    stream = bytes_of(data["wire"])
    result = {"frames": [], "messages": [], "needMore": False}
    kind, content, at = None, b"", 0
    try:
        while at < len(stream):
            offset = at
            minimal_only = choices.get("R-401") == "refuse"
            frame, at = read_frame(stream, at, given["from"] == "client", minimal_only)
            result["frames"].append(frame)
            opcode = frame["opcode"]
            if opcode in CONTROL:
                continue
            if opcode == OPCODE_CONTINUATION:
                if kind is None:
                    if choices.get("R-402") == "ignore":
                        continue
                    raise Fault("orphan-continuation", offset)
            else:
                if kind is not None and choices.get("R-403") != "abandon":
                    raise Fault("interleaved-message", offset)
                kind, content = ("text" if opcode == OPCODE_TEXT else "binary"), b""
            content += frame["payload"]
            if frame["fin"]:
                result["messages"].append({"kind": kind, "payload": content})
                kind = None
    except NeedMore:
        result["needMore"] = True
    except Fault as fault:
        result["violation"] = {"code": fault.code, "offset": fault.offset}
    return result


def text_of(data, choices):
    """Section 6.1: the text of bytes, with U+FFFD for what is not UTF-8."""

    def replace(error):
        bad = error.end - error.start if choices.get("R-601") == "byte" else 1
        return "\ufffd" * bad, error.end

    codecs.register_error("hybi", replace)
    return data.decode("utf-8", "hybi")


def is_utf8(data):
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def read_text(_given, data, choices):
    text = bytes_of(data["bytes"])
    return {"wellFormed": is_utf8(text), "text": text_of(text, choices)}


def read_close(_given, data, choices):
    """Sections 4.5.1 and 7.4: the body of a Close."""
    body = bytes_of(data["body"])
    if not body:
        return {"kind": "close"}
    if len(body) == 1:
        return refused("short-close-body")
    status = body[0] * 256 + body[1]
    allowed = {
        "ranges": 1000 <= status <= 4999,
        "defined": 1000 <= status <= 1004 or 2000 <= status <= 4999,
        "any": True,
    }
    if not allowed[choices.get("R-703", "ranges")]:
        return refused("bad-status-code")
    if choices.get("R-405") == "refuse" and not is_utf8(body[2:]):
        return refused("bad-close-reason")
    return {"kind": "close", "status": status, "reason": text_of(body[2:], choices)}


def read_key(_given, data, choices):
    """Section 5.2.2: the value of Sec-WebSocket-Accept for a key."""
    key = data["key"]
    result = {"kind": "accept"}
    if re.fullmatch(r"[A-Za-z0-9+/]{22}==", key):
        result["nonce"] = base64.b64decode(key).hex()
    elif choices.get("R-502") != "presence":
        return refused("bad-key")
    result["accept"] = base64.b64encode(hashlib.sha1((key + GUID).encode("latin-1")).digest()).decode("ascii")
    return result


def read_timeout(given, data, choices):
    """http-timeout-00 section 3: a timeout value, or a chain of hosts; other inputs of that file are passed over."""
    if "chain" in data:
        return read_chain(data["chain"], choices)
    if "value" not in data:
        return None
    if not re.fullmatch(r"[0-9]+", data["value"], re.ASCII):
        return refused("bad-request-timeout")
    exact = int(data["value"])
    seconds = min(exact, 2**53 - 1)
    if exact != seconds and choices.get("R-3034") == "ignore":
        return refused("bad-request-timeout")
    return {"kind": "value", "seconds": seconds, **({} if exact == seconds else {"exact": str(exact)})}


def read_chain(chain, choices):
    """http-timeout-00 sections 3 to 4.1: what is told on each hop, and how long the server may take."""
    infinite = float("inf")

    def meant(seconds):
        return infinite if seconds == 0 and choices.get("R-3033") == "unlimited" else seconds

    request, down = chain["client"].get("request"), chain["client"].get("connection")
    hops = [{"request": request, "fromClient": down}]
    for host in chain["between"]:
        if host["kind"] == "non-compliant":
            request = None
        if host["kind"] == "unknowing":
            down = None
        if host["kind"] == "knowing":
            down = host.get("towardsServer")
            given = host.get("towardsClient") if choices.get("R-3014") == "client-side" else down
            bounds = [meant(bound) for bound in (host.get("lowersTo"), given) if bound is not None]
            bound = min(bounds, default=infinite)
            adds = host.get("adds") or (choices.get("R-3013") == "add" and given is not None)
            if bound < infinite and (adds if request is None else meant(request) > bound):
                request = bound
        hops.append({"request": request, "fromClient": down})
    up = chain["server"].get("connection")
    for at in range(len(hops) - 1, -1, -1):
        hops[at]["fromServer"] = up
        if at > 0 and chain["between"][at - 1]["kind"] == "unknowing":
            up = None
        if at > 0 and chain["between"][at - 1]["kind"] == "knowing":
            up = chain["between"][at - 1].get("towardsClient")
    time = min(infinite if request is None else meant(request), chain["server"].get("longest", infinite))
    told = [{name: value for name, value in hop.items() if value is not None} for hop in hops]
    return {"kind": "chain", "hops": told, "serverTime": None if time == infinite else time}


def refused(code):
    return {"kind": "refused", "violation": {"code": code}}


def comparable(value, name=""):
    """What is expected, with bytes for notations and without the clauses, which this script does not know."""
    if name in ("payload", "key") and not isinstance(value, bytes):
        return bytes_of(value)
    if isinstance(value, dict):
        return {key: comparable(item, key) for key, item in value.items() if key != "clause"}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    return value


SUBJECTS = {
    "frames": read_stream,
    "close-bodies": read_close,
    "utf-8": read_text,
    "accept": read_key,
    "timeout-headers": read_timeout,
}


def check(directory, subject, read):
    """Checks one file; returns the number of disagreements."""
    document = json.loads((directory / f"{subject}.json").read_text("utf-8"))
    vectors, outcomes, wrong = 0, 0, 0
    for group in document["groups"]:
        for vector in group["vectors"]:
            usual = {"choices": {}, "expect": vector["expect"]}
            for case in [usual, *vector.get("otherwise", [])]:
                found = read(group["given"], vector["input"], case["choices"])
                if found is None:
                    break
                outcomes += 1
                vectors += case is usual
                if comparable(found) != comparable(case["expect"]):
                    wrong += 1
                    print(f"{vector['id']} {case['choices'] or ''}: {found} instead of {case['expect']}"[:600])
    print(f"{subject}: {vectors} vectors, {outcomes} outcomes, {wrong} disagreements")
    return wrong


def main():
    if sys.argv[1:] in (["-h"], ["--help"]):
        print(__doc__)
        return
    if len(sys.argv) > 2:
        sys.exit("check.py takes one directory: python3 check.py [DIRECTORY]")
    directory = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent
    wrong = sum(check(directory, subject, read) for subject, read in SUBJECTS.items())
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
