"""Parts of the standard library without what the modules around them import.

``json`` brings ``re`` and ``enum``, ``signal`` brings ``enum``, ``ctypes`` a module full of types: together they take
longer than all else a container does before its first call. What is done here uses the compiled parts they are made
of, and the modules themselves where a Python has no such parts.
"""

_SPACE = " \t\n\r"


def _unknown(value):
    raise TypeError("a value of type " + type(value).__name__ + " is not JSON")


def _constant(name):
    return float(name.replace("Infinity", "inf"))


class _Reading:
    strict = True
    object_hook = object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = staticmethod(_constant)


try:
    from _json import encode_basestring, make_encoder, make_scanner

    _scan = make_scanner(_Reading)

    def loads(text):
        if not isinstance(text, str):
            text = text.decode("utf-8", "surrogatepass")
        text = text.strip(_SPACE)
        try:
            value, end = _scan(text, 0)
        except StopIteration:
            raise ValueError("it is not JSON") from None
        if end < len(text):
            raise ValueError("something follows the JSON")
        return value

    def dumps(value, default=_unknown, comma=", ", colon=": ", nan=True):
        return "".join(make_encoder({}, default, encode_basestring, None, colon, comma, False, False, nan)(value, 0))

    dumps([loads('[{"a": 1.5}, NaN]')])
except (ImportError, TypeError):
    import json

    loads = json.loads

    def dumps(value, default=_unknown, comma=", ", colon=": ", nan=True):
        return json.dumps(value, ensure_ascii=False, allow_nan=nan, separators=(comma, colon), default=default)


try:
    from _ctypes import call_function, dlopen, dlsym

    _prctl = dlsym(dlopen(None, 2), "prctl")

    def prctl(option, value):
        """Of the process that calls, with one argument that is a small number."""
        if call_function(_prctl, (option, value, 0, 0, 0)) != 0:
            raise OSError("the kernel refused prctl " + str(option))
except ImportError:
    import ctypes

    def prctl(option, value):
        """Of the process that calls, with one argument that is a small number."""
        zero = ctypes.c_ulong(0)
        if ctypes.CDLL(None).prctl(ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero) != 0:
            raise OSError("the kernel refused prctl " + str(option))
