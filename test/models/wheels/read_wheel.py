"""Prints a file of a wheel as JSON: `read_wheel.py WHEEL MEMBER`; without a member, the names of all.

JSON is given as it is, also when it is compressed. Of Python modules the declarations that describe an API are given: they are parsed, never run. A member
that ends in `/*` stands for all modules below a directory, taken together.
"""

import ast
import gzip
import json
import sys
import zipfile


def declarations(modules):
    """Enumerations; fields of models by their names on the wire, with what is written about them; limits of what stands in a URL."""
    found = {"enums": {}, "models": {}, "limits": {}}
    for source in modules:
        tree = ast.parse(source)
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                declare_class(node, found)
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "url" and call.args:
                declare_limits(call, found["limits"])
    return found


def declare_class(node, found):
    if any(isinstance(base, ast.Name) and base.id == "Enum" for base in node.bases):
        found["enums"][node.name] = [item.value.value for item in node.body if isinstance(item, ast.Assign) and isinstance(item.value, ast.Constant)]
        return
    fields, texts = {}, {}
    for item, after in zip(node.body, [*node.body[1:], None]):
        if isinstance(item, ast.AnnAssign) and isinstance(item.value, ast.Call) and name_of(item.value.func) == "rest_field":
            wire = next((each.value.value for each in item.value.keywords if each.arg == "name"), item.target.id)
            fields[wire] = types_of(item.annotation)
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                texts[wire] = " ".join(after.value.value.split())
        if isinstance(item, ast.Assign) and name_of(item.targets[0]) == "_attribute_map":
            wires = {attribute: entry["key"] for attribute, entry in ast.literal_eval(item.value).items()}
            fields.update({wires[name]: types for name, types in arguments(node) if name in wires})
    bases = [base.attr if isinstance(base, ast.Attribute) else base.id for base in node.bases if isinstance(base, (ast.Attribute, ast.Name))]
    found["models"][node.name] = {"bases": bases, "fields": fields, "texts": texts}


def arguments(node):
    """Arguments of a constructor: generators of an older kind say there what a field is."""
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and item.name == "__init__":
            for argument in item.args.kwonlyargs:
                yield argument.arg, types_of(argument.annotation)


def types_of(annotation):
    """Names of the models and enumerations in an annotation, which may be written as text."""
    if annotation is None:
        return []
    names = []
    for node in ast.walk(annotation):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            names += types_of(ast.parse(node.value, mode="eval").body)
        if isinstance(node, ast.Attribute) and name_of(node.value) == "_models":
            names.append(node.attr)
    return names


def declare_limits(call, limits):
    name = call.args[0]
    stated = {each.arg: each.value.value for each in call.keywords if each.arg in ("min_length", "max_length", "pattern") and isinstance(each.value, ast.Constant)}
    if isinstance(name, ast.Constant) and stated and stated not in limits.setdefault(name.value, []):
        limits[name.value].append(stated)


def name_of(node):
    return node.id if isinstance(node, ast.Name) else None


def read(wheel, member):
    if member.endswith("/*"):
        names = [name for name in wheel.namelist() if name.startswith(member[:-1]) and name.endswith(".py")]
        return declarations(wheel.read(name) for name in names)
    content = wheel.read(member)
    return declarations([content]) if member.endswith(".py") else json.loads(gzip.decompress(content) if member.endswith(".gz") else content)


with zipfile.ZipFile(sys.argv[1]) as opened:
    json.dump(read(opened, sys.argv[2]) if sys.argv[2:] else opened.namelist(), sys.stdout)
