"""Validates every pack file below a folder against a JSON Schema.

usage: validate_schema.py SCHEMA.json RULES-FOLDER
Ends with 0 when all are valid, 1 when one is not, 77 when PyYAML or jsonschema is not installed.
"""
import json
import pathlib
import sys

try:
    import jsonschema
    import yaml
except ImportError:
    sys.exit(77)


class Loader(yaml.SafeLoader):
    """YAML with dates left as text, as editors and caseaudit read them."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
jsonschema.Draft202012Validator.check_schema(schema)
kinds = {"pack.yaml": "pack", ".examples.yaml": "examples_file", ".yaml": "rule_file"}
wrong = checked = 0
for pack in sorted(pathlib.Path(sys.argv[2]).glob("*/pack.yaml")):
    for path in sorted(pack.parent.rglob("*.yaml")):
        kind = next(kind for ending, kind in kinds.items() if path.name.endswith(ending))
        document = yaml.load(path.read_text(), Loader)
        for validator in (schema, {**schema, "oneOf": [{"$ref": f"#/$defs/{kind}"}]}):
            for error in jsonschema.Draft202012Validator(validator).iter_errors(document):
                print(f"{path}: {error.json_path}: {error.message[:300]}", file=sys.stderr)
                wrong += 1
        checked += 1
if checked == 0:
    print("no pack found", file=sys.stderr)
sys.exit(1 if wrong or checked == 0 else 0)
