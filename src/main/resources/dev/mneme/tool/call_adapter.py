def __mneme_adapter__(function):
    """Wraps a tool: JSON values become what its annotations ask for, and the result JSON again."""
    import collections.abc
    import dataclasses
    import inspect
    import types
    import typing

    def value(kind, given):
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if given is None or kind is typing.Any:
            return given
        if origin is typing.Annotated:
            return value(inner[0], given)
        if origin in (typing.Union, types.UnionType):
            return value(next(k for k in inner if k is not type(None)), given)
        if origin in (list, collections.abc.Sequence, collections.abc.Iterable):
            return [value(inner[0], item) for item in given]
        if origin is tuple:
            kinds = [inner[0]] * len(given) if inner[-1] is Ellipsis else inner
            return tuple(value(k, item) for k, item in zip(kinds, given))
        if kind in (tuple, float):
            return kind(given)
        if isinstance(kind, type) and typing.is_typeddict(kind):
            hints = typing.get_type_hints(kind)
            return {k: value(hints[k], v) if k in hints else v for k, v in given.items()}
        if dataclasses.is_dataclass(kind):
            hints = typing.get_type_hints(kind)
            filled = {
                f.name: None for f in dataclasses.fields(kind)
                if f.init and f.default is dataclasses.MISSING
                and f.default_factory is dataclasses.MISSING and f.name not in given}
            return kind(**filled, **{k: value(hints[k], v) for k, v in given.items()})
        if hasattr(kind, "model_validate"):
            return kind.model_validate(given)
        return given

    def plain(result):
        if dataclasses.is_dataclass(result) and not isinstance(result, type):
            return plain(dataclasses.asdict(result))
        if hasattr(result, "model_dump"):
            return plain(result.model_dump())
        if isinstance(result, dict):
            return {key: plain(item) for key, item in result.items()}
        if isinstance(result, (list, tuple)):
            return [plain(item) for item in result]
        return result

    parameters = inspect.signature(function).parameters
    hints = typing.get_type_hints(function, include_extras=True)

    def call(**arguments):
        for name, parameter in parameters.items():
            if name not in arguments and parameter.default is inspect.Parameter.empty:
                arguments[name] = None
        return plain(function(**{k: value(hints.get(k, typing.Any), v) for k, v in arguments.items()}))

    return call

