# Third of three: from a function to its schema.


def choose(module, stem, problems):
    """The tool: the public function named as the file, else the last public one."""
    public = [f for f in module.functions if not f.name.startswith("_")]
    if not public:
        problems.at(
            1, 1, "the file has no public function at its top level",
            f"write `def {stem if stem.isidentifier() else 'tool'}(...) -> ...:`")
        return None
    named = [f for f in public if f.name == stem]
    return (named or public)[-1]


def read_parameters(function, doc, types, problems):
    arguments = function.args
    for node, what in ((arguments.vararg, "*"), (arguments.kwarg, "**")):
        if node is not None:
            problems.add(
                node, f"`{what}{node.arg}` cannot be described to a model",
                "name every parameter; a list parameter can take several values")
    for node in arguments.posonlyargs:
        problems.add(
            node, f"parameter `{node.arg}` is positional-only; tools are called by name",
            "remove the `/`")
    plain_ones = arguments.args
    defaults = [None] * (len(plain_ones) - len(arguments.defaults)) + list(arguments.defaults)
    if len(arguments.defaults) > len(plain_ones):
        defaults = list(arguments.defaults)[-len(plain_ones):] if plain_ones else []
    pairs = list(zip(plain_ones, defaults)) + list(zip(arguments.kwonlyargs, arguments.kw_defaults))
    properties, required = {}, []
    for parameter, default in pairs:
        if parameter.arg in LEFT_OUT:
            types.adapted = types.adapted or default is None
            continue
        read_parameter(parameter, default, doc, types, problems, properties, required)
    known = {a.arg for a, _ in pairs} | {a.arg for a in arguments.posonlyargs}
    known |= {a.arg for a in (arguments.vararg, arguments.kwarg) if a is not None}
    for entry, line in doc.lines.items():
        if entry not in known:
            problems.at(
                line, 0, f"the docstring documents `{entry}`, which is not a parameter",
                "remove the entry or correct its name")
    schema = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    schema["additionalProperties"] = False
    return schema


def read_parameter(parameter, default, doc, types, problems, properties, required):
    name = parameter.arg
    if parameter.annotation is None:
        problems.add(
            parameter, f"parameter `{name}` has no type hint", f"write `{name}: {guess(default)}`")
        return
    try:
        annotation, none_allowed, note = types.optional(parameter.annotation)
        schema = dict(types.schema(annotation))
    except Unsupported as error:
        problems.add(error.node if hasattr(error.node, "lineno") else parameter,
                     f"parameter `{name}`: {error.message}", error.fix)
        return
    description = doc.entries.get(name) or note
    if description:
        schema["description"] = description
    elif doc.present:
        problems.add(
            parameter, f"parameter `{name}` is not documented",
            f"add `{name}: what it is` under `Args:` in the docstring")
    value = literal_value(default)
    if value is not MISSING and value is not None:
        schema["default"] = value
    if default is None and none_allowed:
        types.adapted = True
    properties[name] = schema
    if default is None and not none_allowed:
        required.append(name)


def guess(default):
    value = literal_value(default)
    kind = type(value).__name__ if value is not MISSING else "str"
    return kind if kind in ("int", "float", "bool", "list", "dict") else "str"


def read_result(function, module):
    if function.returns is None:
        return None
    try:
        types = Types(module, Problems(), generous=True)
        annotation, none_allowed, _ = types.optional(function.returns)
        schema = types.schema(annotation)
    except Unsupported:
        return None
    return schema if schema.get("type") == "object" and not none_allowed else None


def derive(file_name: str, source: str) -> dict:
    """Returns {"schema": {...}} or {"problems": [{line, column, message, fix}, ...]}."""
    try:
        return read_file(file_name, source)
    except (RecursionError, MemoryError):
        problems = Problems()
        problems.at(1, 1, "the file is nested too deeply to be read", "simplify the code")
        return {"problems": problems.listed()}


def read_file(file_name, source):
    problems = Problems()
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        problems.at(error.lineno, error.offset, f"not valid Python: {error.msg}", "correct the syntax")
        return {"problems": problems.listed()}
    except ValueError as error:
        problems.at(1, 1, f"not valid Python: {error}", "correct the syntax or simplify the code")
        return {"problems": problems.listed()}
    module = Module(tree)
    function = choose(module, file_name.rsplit("/", 1)[-1].removesuffix(".py"), problems)
    if function is None:
        return {"problems": problems.listed()}
    name = function.name
    if not NAME.match(name):
        problems.add(function, f"`{name}` cannot be a tool's name",
                     "use up to 64 ASCII letters, digits and underscores, a letter first")
    doc = Doc(function)
    if not doc.present:
        problems.add(
            function, f"function `{name}` has no docstring",
            'add one: a summary line, then `Args:` with a line for each parameter')
    elif not doc.description():
        problems.add(function, f"the docstring of `{name}` does not say what it does",
                     "start it with a summary line")
    types = Types(module, problems, generous=False)
    parameters = read_parameters(function, doc, types, problems)
    if problems.found:
        return {"problems": problems.listed()}
    schema = {"function": name, "description": doc.description(), "input": parameters,
              "output": read_result(function, module), "adapted": types.adapted}
    return {"schema": schema}
