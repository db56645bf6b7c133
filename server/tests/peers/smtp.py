"""A mail server for the tests of letters: a real one, which decodes what it receives with Python's own reader of mail.

    python smtp.py FOLDER PORT

It prints its port (any, when 0 was asked for) and serves until its standard input closes. What it takes lies in FOLDER, one JSON file a letter. The
name before the @ says how it behaves: `taken`; `later-N` is told 451 N times and taken then; `never` is told 550;
`cut-N` loses the connection N times after all was sent; `auth` is told 530.
"""

import asyncio
import collections
import email
import email.policy
import json
import pathlib
import socket
import sys

from aiosmtpd.controller import Controller

FOLDER = pathlib.Path(sys.argv[1])
TRIES = collections.Counter()


def part(address):
    name, _, number = address.split("@")[0].partition("-")
    return name, int(number or 0)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name, number = part(address)
        TRIES[address] += 1
        if name == "later" and TRIES[address] <= number:
            return f"451 4.2.1 <{address}> greylisted, come back"
        if name == "never":
            return f"550 5.1.1 <{address}> no such user"
        if name == "auth":
            return "530 5.7.0 authentication required"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        to = envelope.rcpt_tos[0]
        name, number = part(to)
        if name == "cut" and TRIES[to] <= number:
            server.transport.abort()
            return "250 never heard"
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        letter = {
            "to": str(message["to"]),
            "from": str(message["from"]),
            "subject": str(message["subject"]),
            "id": str(message["message-id"]),
            "auto": str(message["auto-submitted"]),
            "body": message.get_content(),
            "raw": envelope.original_content.decode("ascii"),
        }
        path = FOLDER / f"{to}-{TRIES[to]}.json"
        path.write_text(json.dumps(letter))
        return "250 OK"


port = int(sys.argv[2])
if port == 0:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
controller = Controller(Handler(), hostname="127.0.0.1", port=port)
controller.start()
print(port, flush=True)
sys.stdin.read()
controller.stop()
