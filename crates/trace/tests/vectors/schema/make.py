"""What GS1's JSON schema of EPCIS 2.0 says of documents that are spoiled in every place.

    python make.py SCHEMA EXAMPLES > verdicts.json

SCHEMA is GS1's EPCIS-JSON-Schema.json, EXAMPLES the folder of its JSON examples; the reference is the package jsonschema_rs
(0.60), formats asserted. A verdict is a string: a sign for each way to spoil a place, `-` refused, `+` accepted, `.` not
possible there. First the place is left out, then a member `surplus` is added, then it is replaced by each of `spoils`.
"""
import copy
import json
import pathlib
import sys

import jsonschema_rs

SPOILS = [
    None, True, 7, -1.5, "", "a word", "urn:x:y z", "https://example.com/a", [], {}, [{}], [None], ["a word"],
    [["https://example.com/a"]], {"surplus": 1},
]
MASTER = {
    "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
    "type": "EPCISDocument",
    "schemaVersion": "2.0",
    "creationDate": "2026-03-01T08:00:00+08:00",
    "epcisHeader": {"epcisMasterData": {"vocabularyList": [{
        "type": "urn:epcglobal:epcis:vtype:BusinessLocation",
        "vocabularyElementList": [{
            "id": "urn:epc:id:sgln:6901234.00001.0",
            "attributes": [{"id": "cbvmda:countryCode", "attribute": "CN"}],
            "children": ["urn:epc:id:sgln:6901234.00002.0"],
        }],
    }]}},
    "epcisBody": {"eventList": []},
}


def places(value, path=()):
    """Everything in a document, of a list only the first item; the context is left alone."""
    yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "@context":
                yield from places(inner, (*path, name))
    elif isinstance(value, list) and value:
        yield from places(value[0], (*path, 0))


def parent(document, path):
    for name in path[:-1]:
        document = document[name]
    return document


def spoiled(document, path):
    """The document in each of its spoiled forms at a place; nothing where a form is not possible."""
    without = copy.deepcopy(document)
    if path:
        del parent(without, path)[path[-1]]
    yield without if path else None
    surplus = copy.deepcopy(document)
    place = surplus
    for name in path:
        place = place[name]
    if isinstance(place, dict):
        place["surplus"] = 1
        yield surplus
    else:
        yield None
    for spoil in SPOILS:
        if not path:
            yield spoil
            continue
        other = copy.deepcopy(document)
        parent(other, path)[path[-1]] = copy.deepcopy(spoil)
        yield other


def verdicts(schema, document):
    out = {}
    for path in places(document):
        pointer = "".join("/" + str(name).replace("~", "~0").replace("/", "~1") for name in path)
        signs = []
        for n, form in enumerate(spoiled(document, path)):
            impossible = form is None and not (not path and n >= 2)
            signs.append("." if impossible else "+" if schema.is_valid(form) else "-")
        out[pointer] = "".join(signs)
    return out


def main():
    schema = jsonschema_rs.Draft7Validator(json.loads(pathlib.Path(sys.argv[1]).read_text()), validate_formats=True)
    examples = sorted(pathlib.Path(sys.argv[2]).rglob("*.jsonld"))
    documents = {str(path.relative_to(sys.argv[2])): json.loads(path.read_text()) for path in examples}
    found = {"": verdicts(schema, MASTER)} | {name: verdicts(schema, each) for name, each in documents.items()}
    said = {"spoils": SPOILS, "master": MASTER, "verdicts": found}
    json.dump(said, sys.stdout, ensure_ascii=False, indent=0, sort_keys=True)
    print()


main()
