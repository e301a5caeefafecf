#!/usr/bin/env python3
"""Checks an export of the provenance graph with the public package `prov`.

Usage: prov-check.py FILE.json [FILE.provn]

Reads the PROV-JSON, writes it as PROV-JSON and as PROV-N and reads both again: nothing may get lost. With a second file,
the PROV-N of the same export, both must say the same. Then the constraints, which `prov` does not check by itself, each
violation on a line of its own. They follow PROV-CONSTRAINTS where it has a rule; that each item of data is generated
exactly once, that nobody acts in the own name by way of others, and that everything referred to is declared, are rules
of the chain. Exit status 0: no violation.
"""

import json
import sys
import warnings
from collections import Counter, defaultdict

try:
    from prov.model import (
        ProvActivity,
        ProvAgent,
        ProvAssociation,
        ProvAttribution,
        ProvCommunication,
        ProvDelegation,
        ProvDerivation,
        ProvDocument,
        ProvEntity,
        ProvException,
        ProvGeneration,
        ProvInvalidation,
        ProvStart,
        ProvUsage,
        ProvWarning,
    )
except ImportError:
    sys.exit("error: the Python package prov is not installed: run scripts/setup.sh, which says where it puts it.")

# The entity that names the block of the export is no item of data.
BLOCK = "urn:carbon-chain:vocabulary:Block"

# What the ends of each relation must be declared as, in the order of its arguments. What comes after them is a time, or
# refers to what the chain does not name.
ENDS = {
    ProvUsage: (ProvActivity, ProvEntity),
    ProvGeneration: (ProvEntity, ProvActivity),
    ProvInvalidation: (ProvEntity, ProvActivity),
    ProvDerivation: (ProvEntity, ProvEntity, ProvActivity),
    ProvAttribution: (ProvEntity, ProvAgent),
    ProvAssociation: (ProvActivity, ProvAgent),
    ProvDelegation: (ProvAgent, ProvAgent, ProvActivity),
    ProvCommunication: (ProvActivity, ProvActivity),
    ProvStart: (ProvActivity, ProvEntity, ProvActivity),
}
# The arguments that must be there.
NEEDED = 2


class Refused(Exception):
    """The file is not what it should be."""


# --- reading -----------------------------------------------------------------------------------------------------


def statement(record):
    """A record as a value that is equal for equal statements, whatever their order and that of their attributes."""
    attributes = frozenset((name.uri, type(value).__name__, str(value)) for name, value in record.attributes)
    return (record.get_type().uri, str(record.identifier or ""), attributes)


def statements(document):
    return Counter(statement(record) for record in document.get_records())


def read(path, form, **options):
    try:
        with open(path, encoding="utf-8") as file:
            return ProvDocument.deserialize(file, format=form, **options)
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}") from error
    except Exception as error:  # whatever the package makes of a broken file
        raise Refused(f"prov refuses {path}: {error}") from error


def require_same(first, second, what):
    """Both documents must consist of the same statements."""
    one, other = statements(first), statements(second)
    for left, right, side in ((one, other, "lacks"), (other, one, "adds")):
        difference = left - right
        if difference:
            kind, name, attributes = min(difference, key=repr)
            example = f"{kind} {name} {sorted(attributes)}"
            raise Refused(f"{what} {side} {sum(difference.values())} statements, such as {example}")


def load(path, provn_path):
    """The document in a file, of which nothing gets lost on the way through the package."""
    document = read(path, "json")
    with open(path, encoding="utf-8") as file:
        sections = json.load(file)
    said = sum(len(section) for name, section in sections.items() if name != "prefix")
    seen = len(list(document.get_records()))
    if said != seen:
        raise Refused(f"of {said} statements prov reads {seen}")
    for form in ("json", "provn"):
        try:
            again = ProvDocument.deserialize(content=document.serialize(format=form), format=form)
        except Exception as error:
            raise Refused(f"prov cannot read again what it writes as {form}: {error}") from error
        require_same(document, again, f"what prov writes as {form}")
    if provn_path is not None:
        require_same(document, read(provn_path, "provn", profile="strict"), provn_path)
    return document


# --- constraints -------------------------------------------------------------------------------------------------


class Graph:
    """What the constraints need of a document."""

    def __init__(self, document):
        self.violations = []
        self.nodes = {kind: {} for kind in (ProvEntity, ProvActivity, ProvAgent)}
        self.relations = defaultdict(list)
        for record in document.get_records():
            kind = type(record)
            if kind in self.nodes:
                self.declare(kind, record)
            elif kind in ENDS:
                self.relations[kind].append(record.args)
            else:
                self.violate("unknown-statement", f"{record.get_type()} is no statement of such an export")
        self.generated = self.only(ProvGeneration, "second-generation", "generated")
        self.invalidated = self.only(ProvInvalidation, "second-invalidation", "invalidated")

    def violate(self, rule, sentence):
        self.violations.append(f"{rule}: {sentence}")

    def breaks(self, rule):
        return any(each.startswith(f"{rule}:") for each in self.violations)

    def declare(self, kind, record):
        if any(record.identifier in declared for declared in self.nodes.values()):
            self.violate("declared-twice", f"{record.identifier} is declared more than once")
        self.nodes[kind][record.identifier] = record

    def only(self, kind, rule, word):
        """The one relation of a kind that each entity has. PROV allows more where they happen at once; the chain does not."""
        found = {}
        for args in self.relations[kind]:
            entity, activity = args[:2]
            if entity in found:
                self.violate(rule, f"{entity} is {word} by {found[entity][1]} and by {activity}")
            found.setdefault(entity, args)
        return found

    def times_of(self, activity):
        record = self.nodes[ProvActivity].get(activity)
        return (None, None) if record is None else (record.get_startTime(), record.get_endTime())


def check_declared(graph):
    for kind, relations in graph.relations.items():
        for args in relations:
            for place, (end, wanted) in enumerate(zip(args, ENDS[kind])):
                if end is None and place < NEEDED:
                    graph.violate("undeclared", f"{kind.__name__} of {args[0]} lacks one of its ends")
                elif end is not None and end not in graph.nodes[wanted]:
                    graph.violate("undeclared", f"{kind.__name__} of {args[0]} refers to {end}, which is not declared")


def check_generated(graph):
    for identifier, record in graph.nodes[ProvEntity].items():
        if identifier in graph.generated or any(getattr(kind, "uri", "") == BLOCK for kind in record.get_asserted_types()):
            continue
        graph.violate("no-generation", f"{identifier} is generated by nothing")


def cycle_in(edges):
    """A cycle of a directed graph, as a list of nodes; none where there is no cycle. Without recursion, as graphs are deep."""
    done, path, on_path = set(), [], set()
    for root in list(edges):
        if root in done:
            continue
        stack = [(root, iter(edges.get(root, ())))]
        path, on_path = [root], {root}
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                path.pop()
                on_path.discard(node)
                done.add(node)
            elif following in on_path:
                return path[path.index(following):] + [following]
            elif following not in done:
                stack.append((following, iter(edges.get(following, ()))))
                path.append(following)
                on_path.add(following)
    return None


def check_cycles(graph):
    derivations, delegations = defaultdict(list), defaultdict(list)
    for args in graph.relations[ProvDerivation]:
        derivations[args[0]].append(args[1])
    for delegate, responsible, activity in graph.relations[ProvDelegation]:
        # One may act for the other here, and the other way round there; but not both at all times.
        if activity is None:
            delegations[delegate].append(responsible)
    for rule, edges in (("derivation-cycle", derivations), ("delegation-cycle", delegations)):
        cycle = cycle_in(edges)
        if cycle is not None:
            graph.violate(rule, " from ".join(map(str, cycle)))


class Events:
    """The events of a graph and their order. An event is a word and what it happens to: ("end", activity)."""

    def __init__(self, graph):
        self.times = {}
        self.after = defaultdict(set)
        for activity in graph.nodes[ProvActivity]:
            start, end = graph.times_of(activity)
            self.at(("start", activity), start)
            self.at(("end", activity), end)
            self.order(("start", activity), ("end", activity))
        for word, relations in (("generation", graph.generated), ("invalidation", graph.invalidated)):
            for entity, activity, time in relations.values():
                self.at((word, entity), time)
                self.within(activity, (word, entity))
        for entity in graph.invalidated:
            self.order(("generation", entity), ("invalidation", entity))
        for place, (activity, entity, time) in enumerate(graph.relations[ProvUsage]):
            use = ("use", entity, place)
            self.at(use, time)
            self.within(activity, use)
            self.between(entity, use, graph)
        for args in graph.relations[ProvDerivation]:
            self.order(("generation", args[1]), ("generation", args[0]))
        for informed, informant in graph.relations[ProvCommunication]:
            self.order(("start", informant), ("end", informed))
        for args in graph.relations[ProvStart]:
            self.between(args[1], ("start", args[0]), graph)

    def at(self, event, time):
        if time is not None:
            self.times[event] = time

    def order(self, first, second):
        self.after[first].add(second)

    def within(self, activity, event):
        self.order(("start", activity), event)
        self.order(event, ("end", activity))

    def between(self, entity, event, graph):
        """What needs an entity happens while there is one."""
        self.order(("generation", entity), event)
        if entity in graph.invalidated:
            self.order(event, ("invalidation", entity))

    def contradictions(self):
        """Pairs of events of which the first one must not be later than the second one, but is, by their times."""
        before = Counter(second for others in self.after.values() for second in others)
        ready = sorted((event for event in self.after if before[event] == 0), key=repr)
        # The latest known time of what must have happened before each event, and which event that was.
        bound = {}
        while ready:
            event = ready.pop()
            earliest = bound.get(event)
            time = self.times.get(event)
            if time is not None:
                if earliest is not None and earliest[0] > time:
                    yield earliest[1], event
                earliest = (time, event)
            for following in self.after.get(event, ()):
                if earliest is not None and (following not in bound or bound[following][0] < earliest[0]):
                    bound[following] = earliest
                before[following] -= 1
                if before[following] == 0:
                    ready.append(following)
        waiting = {event for event, count in before.items() if count > 0}
        if waiting:
            cycle = cycle_in({event: sorted(self.after.get(event, set()) & waiting, key=repr) for event in waiting})
            yield cycle[0], cycle[0]


def rule_of(first, second):
    """The name of the rule by which `first` must not be later than `second`."""
    if first == second:
        return "event-cycle"
    if first[0] == "generation" and second[0] in ("use", "end", "start"):
        return "use-before-generation"
    if second[0] == "invalidation" and first[0] in ("use", "start"):
        return "use-after-invalidation"
    return "time-order"


def check_times(graph):
    events = Events(graph)
    for first, second in events.contradictions():
        rule = rule_of(first, second)
        if rule == "event-cycle":
            graph.violate(rule, f"the {first[0]} of {first[1]} would have to come before itself")
            continue
        times = [events.times[event].isoformat() for event in (first, second)]
        graph.violate(rule, f"{first[0]} of {first[1]} at {times[0]} comes after {second[0]} of {second[1]} at {times[1]}")


def check_unified(graph, document):
    """The constraints that the package itself checks: statements with one name must agree."""
    try:
        document.unified()
    except ProvException as error:
        graph.violate("unification", str(error))


def violations(document):
    graph = Graph(document)
    check_declared(graph)
    check_generated(graph)
    check_cycles(graph)
    # Further rules would say the same again of a graph that breaks these.
    if not graph.breaks("derivation-cycle"):
        check_times(graph)
    if not graph.breaks("declared-twice"):
        check_unified(graph, document)
    return graph.violations


def main(arguments):
    if arguments in (["--help"], ["-h"]):
        print(__doc__.strip())
        return 0
    if not 1 <= len(arguments) <= 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    # What the package reads with a doubt is a violation too.
    warnings.simplefilter("error", ProvWarning)
    try:
        document = load(arguments[0], arguments[1] if len(arguments) == 2 else None)
    except Refused as refused:
        print(f"violation unreadable: {refused}")
        return 1
    found = violations(document)
    for each in found:
        print(f"violation {each}")
    kinds = Counter(type(record).__name__.removeprefix("Prov").lower() for record in document.get_records())
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    print(f"{arguments[0]}: {sum(kinds.values())} statements ({counts}), {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
