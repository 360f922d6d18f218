"""Copies of the hostile plugin that attack in other ways: each name makes another plugin."""
import os
import pathlib
import re

PLUGIN = pathlib.Path(os.environ["CASEAUDIT_HOSTILE_PLUGIN"])
MARK = b"the attack of this plugin is:"
ROOM = 64 - len(MARK)


def hostile(attack, folder):
    """A plugin, attack.so in the folder, that attacks that way."""
    content = PLUGIN.read_bytes()
    at = content.index(MARK) + len(MARK)
    assert content.count(MARK) == 1 and len(attack) < ROOM
    path = pathlib.Path(folder) / f"{attack}.so"
    path.write_bytes(content[:at] + attack.encode().ljust(ROOM, b"\0") + content[at + ROOM:])
    return path


def attacks():
    """The names that the plugin compares its own with, as its source has them."""
    source = (pathlib.Path(__file__).parent / "plugins" / "hostile.cpp").read_text()
    return set(re.findall(r'\bis\("([a-z0-9-]+)"\)', source)) | {"well-behaved"}
