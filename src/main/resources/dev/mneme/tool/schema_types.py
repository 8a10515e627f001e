# Second of three: annotations to JSON schemas.


class Types:
    """Turns annotations into JSON schemas. `generous` takes more forms: used for results."""

    def __init__(self, module, problems, generous):
        self.module, self.problems, self.generous = module, problems, generous
        self.adapted = False

    def schema(self, node, path=()):
        if len(path) > MAX_DEPTH:
            raise Unsupported(node, "the type is nested too deeply", "make it flatter")
        if isinstance(node, ast.Constant):
            return self._constant(node, path)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return self._union(node, flatten(node), path)
        if isinstance(node, ast.Subscript):
            return self._generic(node, path)
        if isinstance(node, (ast.Name, ast.Attribute)):
            return self._named(node, path)
        raise Unsupported(node, f"`{ast.unparse(node)}` is no type this schema knows", KNOWN)

    def optional(self, node):
        """Splits an annotation: (the type without None, whether None was allowed, its Annotated doc)."""
        doc = ""
        for _ in range(MAX_DEPTH):
            node = self._text(node)
            name = self.module.name_of(node.value) if isinstance(node, ast.Subscript) else ""
            if name == "Annotated":
                parts = elements(node)
                doc = doc or next((d for d in map(self.field_doc, parts[1:]) if d), "")
                node = parts[0]
                continue
            if name == "Optional":
                return node.slice, True, doc
            options = []
            if name == "Union":
                options = elements(node)
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
                options = flatten(node)
            rest = [o for o in options if not is_none(o)]
            if options and len(rest) == 1 and len(rest) < len(options):
                return rest[0], True, doc
            alias = self._alias(node)
            if alias is None:
                return node, False, doc
            node = alias
        return node, False, doc

    def field_doc(self, node):
        """The description in Annotated metadata: a string, or Field(description=...)."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        return constant_keyword(node, "description") or ""

    def _text(self, node):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                inner = ast.parse(node.value.strip(), mode="eval").body
            except SyntaxError:
                raise Unsupported(node, f"`{node.value}` is no type", KNOWN) from None
            for child in ast.walk(inner):
                ast.copy_location(child, node)
            return inner
        return node

    def _alias(self, node):
        name = node.id if isinstance(node, ast.Name) else ""
        if name and name in self.module.aliases and name not in SCALARS:
            return self.module.aliases[name]
        return None

    def _constant(self, node, path):
        if node.value is None:
            return {"type": "null"}
        if isinstance(node.value, str):
            return self.schema(self._text(node), path + ("",))
        raise Unsupported(node, f"`{ast.unparse(node)}` is no type this schema knows", KNOWN)

    def _named(self, node, path):
        name = self.module.name_of(node)
        if isinstance(node, ast.Name) and node.id in self.module.classes:
            return self._class(node, self.module.classes[node.id], path)
        alias = self._alias(node)
        if alias is not None:
            return self.schema(alias, path + ("",))
        if name in SCALARS:
            return {"type": SCALARS[name]}
        if name in LISTS:
            return {"type": "array"} if self.generous else {"type": "array", "items": {"type": "string"}}
        if name in DICTS:
            return {"type": "object"}
        if name == "Any" and self.generous:
            return {}
        raise Unsupported(node, f"type `{ast.unparse(node)}` has no JSON form", fix_for(name))

    def _generic(self, node, path):
        name, parts, deeper = self.module.name_of(node.value), elements(node), path + ("",)
        if name == "Annotated":
            return self.schema(parts[0], deeper)
        if name in ("Required", "NotRequired", "Final"):
            return self.schema(parts[0], deeper)
        if name in LISTS:
            return {"type": "array", "items": self.schema(parts[0], deeper)}
        if name in DICTS:
            if self.generous and len(parts) == 2:
                return {"type": "object", "additionalProperties": self.schema(parts[1], deeper)}
            raise Unsupported(
                node, f"`{ast.unparse(node)}`: a dict with typed values is not supported",
                "write `dict`, or a TypedDict or dataclass that names and documents the keys")
        if name == "Literal":
            return literal(node, parts)
        if name in ("tuple", "Tuple"):
            return self._tuple(node, parts, deeper)
        if name in ("Optional", "Union"):
            return self._union(node, parts + ([ast.Constant(None)] if name == "Optional" else []), path)
        raise Unsupported(node, f"type `{ast.unparse(node)}` has no JSON form", fix_for(name))

    def _tuple(self, node, parts, path):
        self.adapted = True
        if len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is Ellipsis:
            return {"type": "array", "items": self.schema(parts[0], path)}
        items = [self.schema(part, path) for part in parts]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}

    def _union(self, node, options, path):
        rest = [o for o in options if not is_none(o)]
        if len(rest) == 1 and not self.generous:
            inner = dict(self.schema(rest[0], path + ("",)))
            if isinstance(inner.get("type"), str):
                inner["type"] = [inner["type"], "null"]
                if "enum" in inner:
                    inner["enum"] = inner["enum"] + [None]
                return inner
            return {"anyOf": [inner, {"type": "null"}]}
        if self.generous:
            return {"anyOf": [self.schema(o, path + ("",)) for o in options]}
        raise Unsupported(
            node, f"`{ast.unparse(node)}`: a union of several types is not supported",
            "choose one type, or `T | None` for an argument that may be left out")

    def _class(self, node, definition, path):
        kind = self.module.kind_of(definition)
        if not kind:
            raise Unsupported(
                node, f"class `{definition.name}` has no JSON form",
                "make it a dataclass, a TypedDict or a BaseModel")
        if definition.name in path:
            raise Unsupported(
                node, f"class `{definition.name}` contains itself", "use `dict` for the inner value")
        if kind != "typeddict":
            self.adapted = True
        properties, required = {}, []
        for owner, field in self._fields(definition):
            self._field(owner, kind, field, properties, required, path + (definition.name,))
        schema = {"type": "object", "properties": properties}
        if required:
            schema["required"] = required
        if not self.generous:
            schema["additionalProperties"] = False
        summary = Doc(definition).description().split("\n\n")[0].replace("\n", " ")
        return {"description": summary, **schema} if summary and self.generous else schema

    def _fields(self, definition, seen=()):
        found = {}
        for base in definition.bases:
            parent = self.module.classes.get(self.module.name_of(base))
            if parent is not None and parent.name not in seen:
                for owner, field in self._fields(parent, seen + (definition.name,)):
                    found[field[0].target.id] = (owner, field)
        for index, statement in enumerate(definition.body):
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                after = definition.body[index + 1] if index + 1 < len(definition.body) else None
                found[statement.target.id] = (definition, (statement, after))
        return list(found.values())

    def _field(self, owner, kind, field, properties, required, path):
        statement, after = field
        name = statement.target.id
        outer = self.module.name_of(getattr(statement.annotation, "value", statement.annotation))
        if outer in ("ClassVar", "InitVar") or name.startswith("_"):
            return
        annotation, none_allowed, doc = self.optional(unwrap(self.module, statement.annotation))
        default = statement.value
        call = default if isinstance(default, ast.Call) else None
        if call is not None and constant_keyword(call, "init") is False:
            return
        has_default = default is not None
        if call is not None and self.module.name_of(call.func) in ("field", "Field"):
            doc = constant_keyword(call, "description") or doc
            named = {k.arg: k.value for k in call.keywords}
            default = call.args[0] if call.args else named.get("default")
            if isinstance(default, ast.Constant) and default.value is Ellipsis:
                default = None
            has_default = default is not None or "default_factory" in named
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            if isinstance(after.value.value, str):
                doc = inspect.cleandoc(after.value.value).replace("\n", " ") or doc
        doc = Doc(owner).entries.get(name) or doc
        schema = dict(self.schema(annotation, path))
        if doc:
            schema["description"] = doc
        elif not self.generous:
            self.problems.add(
                statement, f"field `{owner.name}.{name}` is not documented",
                f"add `{name}: what it is` under `Attributes:` in the docstring of `{owner.name}`")
        if none_allowed and self.generous:
            described = {"description": schema.pop("description")} if doc else {}
            schema = {**described, "anyOf": [schema, {"type": "null"}]}
        value = literal_value(default)
        if value is not MISSING and value is not None:
            schema["default"] = value
        properties[name] = schema
        partial = any(k.arg == "total" and literal_value(k.value) is False for k in owner.keywords)
        if kind == "typeddict":
            needed = outer == "Required" or (outer != "NotRequired" and not partial)
            needed = needed and (self.generous or not none_allowed)
        else:
            needed = self.generous or not (has_default or none_allowed)
        if needed:
            required.append(name)
