# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of a program, as the accessibility bus tells of them.

A walk asks for all parts at once: to ask one after the other for its children, its role and its name takes most of the
time of a test. What a part says while it is walked over is of that moment; later it is asked again, so that nothing old
is ever told. A part that is gone has no name, no role, no state and no parts.
"""

from collections import namedtuple

from gi.repository import Atspi, Gio, GLib

ANSWER_MSEC = 10_000  # a program that takes longer is waited for by the test, again and again

ACCESSIBLE = "org.a11y.atspi.Accessible"
ROOT = "/org/a11y/atspi/accessible/root"

# What the program tells of a part when it is asked for all.
Item = namedtuple("Item", "parent n_children name role states")
Extents = namedtuple("Extents", "x y width height")


def connect():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync(
        "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, Gio.DBusCallFlags.NONE, -1, None
    )
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address.unpack()[0], flags, None, None)


BUS = connect()


class States:
    """A set of states, as two words of bits."""

    def __init__(self, low, high=0):
        self.bits = low | high << 32

    def contains(self, state):
        return bool(self.bits >> int(state) & 1)

    def get_states(self):
        return [number for number in range(64) if self.bits >> number & 1]


def ask(nothing, question, *arguments):
    """What is answered, or `nothing` by a part that went away."""
    try:
        return question(*arguments)
    except GLib.Error:
        return nothing


class Part:
    """One part of a program."""

    def __init__(self, program, path):
        self.program = program
        self.path = path
        self.item = self.tree = None  # only while it is walked over

    def __eq__(self, other):
        return isinstance(other, Part) and (self.program, self.path) == (other.program, other.path)

    def __hash__(self):
        return hash((self.program, self.path))

    def call(self, interface, method, arguments=None):
        return BUS.call_sync(
            self.program, self.path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, ANSWER_MSEC, None
        ).unpack()

    def property(self, interface, name):
        return self.call("org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (interface, name)))[0]

    def get_name(self):
        return self.item.name if self.item else ask("", self.property, ACCESSIBLE, "Name")

    def get_description(self):
        return ask("", self.property, ACCESSIBLE, "Description")

    def get_role_name(self):
        role = self.item.role if self.item else ask([None], self.call, ACCESSIBLE, "GetRole")[0]
        return role_name(role)

    def get_state_set(self):
        return States(*(self.item.states if self.item else ask([(0, 0)], self.call, ACCESSIBLE, "GetState")[0]))

    def get_child_count(self):
        return ask(0, self.property, ACCESSIBLE, "ChildCount")

    def get_child_at_index(self, index):
        child = ask(None, self.call, ACCESSIBLE, "GetChildAtIndex", GLib.Variant("(i)", (index,)))
        return child and Part(*child[0])

    def get_parent(self):
        parent = ask(None, self.property, ACCESSIBLE, "Parent")
        return parent and Part(*parent)

    def get_extents(self):
        """Where it is in its window, and how large."""
        arguments = GLib.Variant("(u)", (int(Atspi.CoordType.WINDOW),))
        return Extents(*self.call("org.a11y.atspi.Component", "GetExtents", arguments)[0])

    def has_action(self):
        return "org.a11y.atspi.Action" in ask([()], self.call, ACCESSIBLE, "GetInterfaces")[0]

    def activate(self):
        self.call("org.a11y.atspi.Action", "DoAction", GLib.Variant("(i)", (0,)))

    def get_text(self):
        """All of its text; None where it is none that can be read."""
        length = ask(None, self.property, "org.a11y.atspi.Text", "CharacterCount")
        if length is None:
            return None
        return ask([None], self.call, "org.a11y.atspi.Text", "GetText", GLib.Variant("(ii)", (0, length)))[0]

    def set_caret(self, offset):
        self.call("org.a11y.atspi.Text", "SetCaretOffset", GLib.Variant("(i)", (offset,)))

    def set_value(self, value):
        arguments = GLib.Variant("(ssv)", ("org.a11y.atspi.Value", "CurrentValue", GLib.Variant("d", value)))
        self.call("org.freedesktop.DBus.Properties", "Set", arguments)


_role_names = {None: ""}


def role_name(role):
    if role not in _role_names:
        _role_names[role] = Atspi.role_get_name(Atspi.Role(role))
    return _role_names[role]


def programs():
    """The root parts of all programs on the bus."""
    return [Part(*root) for root in Part("org.a11y.atspi.Registry", ROOT).call(ACCESSIBLE, "GetChildren")[0]]


def get_items(program):
    """All parts that the program knows of, by their paths; hidden ones, too."""
    answer = BUS.call_sync(
        program, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems", None, None, Gio.DBusCallFlags.NONE,
        ANSWER_MSEC, None
    ).get_child_value(0)
    items = {}
    for number in range(answer.n_children()):
        # Variant.unpack() takes three times as long.
        field = answer.get_child_value(number).get_child_value
        items[field(0).get_child_value(1).get_string()] = Item(
            parent=field(2).get_child_value(1).get_string(),
            n_children=field(4).get_int32(),
            name=field(6).get_string(),
            role=field(7).get_uint32(),
            states=(field(9).get_child_value(0).get_uint32(), field(9).get_child_value(1).get_uint32()),
        )
    return items


def get_children(program, paths):
    """The paths of the children of each, as far as they are presented. All are asked before the first answers."""
    answers = {}

    def answered(bus, result, path):
        try:
            refs = bus.call_finish(result).get_child_value(0)
            answers[path] = [refs.get_child_value(n).get_child_value(1).get_string() for n in range(refs.n_children())]
        except GLib.Error:
            answers[path] = []

    for path in paths:
        BUS.call(
            program, path, ACCESSIBLE, "GetChildren", None, None, Gio.DBusCallFlags.NONE, ANSWER_MSEC, None, answered,
            path
        )
    while len(answers) < len(paths):
        GLib.MainContext.default().iteration(True)
    return answers


class Tree:
    """The parts of a program, as two questions find them: what each says, and then who its children are."""

    def __init__(self, program):
        self.program = program
        self.items = get_items(program)
        self.children = {}
        asked = [ROOT, *(path for path, item in self.items.items() if item.n_children > 0)]
        # A part that nobody asked for yet is known to the program once its parent was asked for its children. A part
        # that is hidden is known still, and says to be a child: only what its parent says tells.
        while asked:
            answers = get_children(program, asked)
            self.children.update(answers)
            asked = [child for children in answers.values() for child in children if child not in self.items]
            asked = [child for child in dict.fromkeys(asked) if child not in self.children]
        while self.unknown():
            known = len(self.items)
            self.items = get_items(program)
            if len(self.items) == known:
                break

    def unknown(self):
        """Whether a part is there of which nothing was told."""
        for children in self.children.values():
            for child in children:
                if child not in self.items or self.items[child].parent not in self.items:
                    return True
        return False

    def parts_below(self, path):
        """The children in order. A stack names what its pages hold, but the pages lie between."""
        for child in self.children.get(path, []):
            item = self.items.get(child)
            if item is None:
                continue
            page = self.items.get(item.parent)
            yield item.parent if item.parent != path and page and page.parent == path else child

    def walk(self, path, depth, n_children_max):
        if depth == 0 or path not in self.items:
            return
        part = Part(self.program, path)
        part.item, part.tree = self.items[path], self
        try:
            yield part
        finally:
            part.item = part.tree = None
        for child in list(self.parts_below(path))[:n_children_max]:
            yield from self.walk(child, depth - 1, n_children_max)


def walk(part, depth, n_children_max):
    """Yield `part` and all below it, parents first; a program that is not there has none."""
    try:
        tree = part.tree or Tree(part.program)
    except GLib.Error:
        return
    yield from tree.walk(part.path, depth, n_children_max)
