"""Exact arithmetic with functions and units.

Numbers are fractions as long as they can be; roots, logarithms and angles are decimals of 60
digits. Sizes are bounded before anything is computed, so no expression can run away.
"""

from __future__ import annotations

import ast
import math
import re
from decimal import Context, Decimal, getcontext, setcontext
from fractions import Fraction
from typing import TYPE_CHECKING

MAX_TEXT = 2_000
MAX_NODES = 500
MAX_BITS = 20_000
MAX_FACTORIAL = 1_000
WORK_DIGITS = 60
# Made once and put in place for a call: making one, or a copy of one, takes longer than most sums.
WORK = Context(prec=WORK_DIGITS, Emax=100_000, Emin=-100_000)
PI_DIGITS = "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899"

BASE = ("m", "kg", "s", "A", "K", "mol", "bit")
NONE = (0,) * len(BASE)

if TYPE_CHECKING:  # only described, never made: building a TypedDict takes longer than a call
    from typing import TypedDict

    class Result(TypedDict):
        """A computed value.

        Attributes:
            value: the value as decimal text, rounded to `digits` significant digits
            unit: the unit of the value; empty for a plain number
            fraction: the exact value as numerator/denominator, or null when it is not exact
            exact: whether `value` is the exact result, not a rounded one
        """

        value: str
        unit: str
        fraction: str | None
        exact: bool


class Quantity:
    """A number (Fraction when exact, else Decimal) and the exponents of its base units."""

    __slots__ = ("number", "dims")

    def __init__(self, number, dims=NONE):
        self.number, self.dims = number, dims

DEFINITIONS = (
    "km 1000 m;cm 1/100 m;mm 1/1000 m;um 1/1000000 m;nm 1/1000000000 m;inch 0.0254 m;ft 12 inch;yd 3 ft;mi 5280 ft;nmi 1852 m;"
    "au 149597870700 m;ly 9460730472580800 m;g 1/1000 kg;mg 1/1000 g;t 1000 kg;lb 0.45359237 kg;oz 1/16 lb;stone 14 lb;"
    "ms 1/1000 s;us 1/1000000 s;ns 1/1000000000 s;min 60 s;h 60 min;hour 1 h;day 24 h;week 7 day;year 365.25 day;ha 10000 m^2;"
    "acre 4046.8564224 m^2;L 1/1000 m^3;l 1 L;mL 1/1000 L;gal 3.785411784 L;qt 1/4 gal;pint 1/2 qt;cup 1/2 pint;floz 1/8 cup;"
    "tbsp 1/2 floz;tsp 1/3 tbsp;ukgal 4.54609 L;kmh 1 km*h^-1;mph 1 mi*h^-1;kn 1 nmi*h^-1;Hz 1 s^-1;kHz 1000 Hz;MHz 1000 kHz;"
    "GHz 1000 MHz;N 1 kg*m*s^-2;lbf 4.4482216152605 N;Pa 1 N*m^-2;kPa 1000 Pa;bar 100000 Pa;atm 101325 Pa;psi 1 lbf*inch^-2;"
    "mmHg 133.322387415 Pa;J 1 N*m;kJ 1000 J;MJ 1000 kJ;cal 4.184 J;kcal 1000 cal;W 1 J*s^-1;kW 1000 W;MW 1000 kW;"
    "hp 745.69987158227022 W;Wh 1 W*h;kWh 1000 Wh;eV 1.602176634e-19 J;BTU 1055.05585262 J;V 1 W*A^-1;ohm 1 V*A^-1;C 1 A*s;"
    "mA 1/1000 A;mAh 1 mA*h;Ah 1 A*h;B 8 bit;kB 1000 B;MB 1000 kB;GB 1000 MB;TB 1000 GB;KiB 1024 B;MiB 1024 KiB;GiB 1024 MiB;"
    "TiB 1024 GiB;kbit 1000 bit;Mbit 1000 kbit;Gbit 1000 Mbit")
_known = {}
_measures = {}


def _units():
    """(factor, unit) by name; read when the first name of a call is looked up."""
    if not _known:
        _known.update((name, ("1", name)) for name in BASE)
        _known.update((d.split()[0], d.split()[1:]) for d in DEFINITIONS.split(";"))
    return _known


def _unit(name):
    """(factor to base units, exponents of the base units)."""
    if name not in _measures:
        _measures[name] = _measure(name)
    return _measures[name]


def _measure(name):
    if name in BASE:
        return Fraction(1), tuple(int(name == base) for base in BASE)
    factor, product = _units()[name]
    scale, dims = Fraction(factor), NONE
    for part in product.split("*"):
        base, _, power = part.partition("^")
        inner_scale, inner_dims = _unit(base)
        scale *= inner_scale ** int(power or 1)
        dims = tuple(a + b * int(power or 1) for a, b in zip(dims, inner_dims))
    return scale, dims


TEMPERATURES = {"degC": ("1", "273.15"), "degF": ("5/9", "45967/180")}  # factor and offset to kelvin
KEYWORD_UNITS = {"in": "inch"}
LETTER = re.compile(r"[A-Za-z]")
WITH_UNIT = re.compile(r"(?<![\w.])(\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*([A-Za-z]+)((?:\s*\*\*\s*-?\d+)?)(?![\w(])")
AFTER_BRACKET = re.compile(r"\)\s*([A-Za-z]+)(?![\w(])")
COMPOUND = re.compile(r"\([\d_.eE]+\*[A-Za-z]+\)(?: \([\d_.eE]+\*[A-Za-z]+\))+")
TEMPERATURE = re.compile(r"((?:^|(?<=[(,]))\s*-\s*)?(?<![\w.])(\d[\d_]*(?:\.\d+)?)\s*(degC|degF)\b")


def _pi():
    return Decimal(PI_DIGITS)


def _decimal(number):
    if isinstance(number, Decimal):
        return number
    return Decimal(number.numerator) / Decimal(number.denominator)


def _bounded(number):
    if type(number) is Fraction:
        if number.numerator.bit_length() > MAX_BITS or number.denominator.bit_length() > MAX_BITS:
            raise ValueError(f"a number became longer than {MAX_BITS} bits; use smaller numbers")
    return number


def _plain(quantity, what):
    if quantity.dims != NONE:
        raise ValueError(f"{what} needs a number without a unit; divide by the unit first")
    return quantity.number


def _whole(quantity, what):
    number = _plain(quantity, what)
    if not isinstance(number, Fraction) or number.denominator != 1:
        raise ValueError(f"{what} needs a whole number")
    return number.numerator


def _sin(x):
    x = x % (2 * _pi())
    term = total = x
    n = 1
    while term != 0 and abs(term) > Decimal(10) ** -(WORK_DIGITS + 5):
        term = -term * x * x / ((n + 1) * (n + 2))
        total += term
        n += 2
    return total


def _atan(x):
    if abs(x) > 1:
        return (_pi() / 2).copy_sign(x) - _atan(1 / x)
    halvings = 0
    while abs(x) > Decimal("0.1"):
        x = x / (1 + (1 + x * x).sqrt())
        halvings += 1
    term = total = x
    n = 1
    while term != 0 and abs(term) > Decimal(10) ** -(WORK_DIGITS + 5):
        term = -term * x * x
        n += 2
        total += term / n
    return total * 2**halvings


def _asin(x):
    if abs(x) > 1:
        raise ValueError("asin and acos take numbers from -1 to 1")
    return (_pi() / 2).copy_sign(x) if abs(x) == 1 else _atan(x / (1 - x * x).sqrt())


def _tan(x):
    if abs(cosine := _sin(x + _pi() / 2)) < Decimal(10) ** -50:
        raise ValueError("tan has no value here")
    return _sin(x) / cosine


def _root(number, degree):
    """A square or cube root: exact where there is an exact one."""
    if number < 0 and degree == 2:
        raise ValueError("sqrt takes numbers from 0 up")
    if isinstance(number, Fraction):
        parts = [_whole_root(abs(part), degree) for part in (number.numerator, number.denominator)]
        if None not in parts:
            return Fraction(parts[0], parts[1]) * (-1 if number < 0 else 1)
    if (value := _decimal(number)) and degree == 2:
        return value.sqrt()
    return (abs(value) ** (Decimal(1) / 3)).copy_sign(value) if value else value


def _whole_root(value, degree):
    if degree == 2:
        root = math.isqrt(value)
    else:
        root = round(value ** (1 / 3)) if value.bit_length() < 150 else 0
    return root if root**degree == value else None


def _log(value, base=None):
    if value <= 0 or (base is not None and (base <= 0 or base == 1)):
        raise ValueError("logarithms take numbers above 0, and a base other than 1")
    if base is None:
        return _decimal(value).ln()
    if all(isinstance(n, Fraction) and n.denominator == 1 and n > 1 for n in (value, base)):
        power = round(math.log(value.numerator, base.numerator))
        if base**power == value:
            return Fraction(power)
    return _decimal(value).ln() / _decimal(base).ln()


def _exp(value):
    if abs(value) <= 10_000:
        return _decimal(value).exp()
    raise ValueError("exp takes numbers from -10000 to 10000")


DECIMAL_FUNCTIONS = {
    "sin": _sin, "cos": lambda x: _sin(x + _pi() / 2), "tan": _tan, "asin": _asin,
    "acos": lambda x: _pi() / 2 - _asin(x), "atan": _atan,
    "degrees": lambda x: x * 180 / _pi(), "radians": lambda x: x * _pi() / 180,
}
NUMBER_FUNCTIONS = {
    "exp": _exp, "ln": _log, "log10": lambda x: _log(x, Fraction(10)), "log2": lambda x: _log(x, Fraction(2)),
    "cbrt": lambda x: _root(x, 3), "floor": lambda x: Fraction(math.floor(x)),
    "ceil": lambda x: Fraction(math.ceil(x)), "trunc": lambda x: Fraction(math.trunc(x)),
}
WHOLE_FUNCTIONS = {"gcd": math.gcd, "lcm": math.lcm}
SEVERAL = ("min", "max", "sum", "mean")
OTHERS = ("abs", "round", "sqrt", "log", "factorial", "comb", "perm", "degC", "degF")
OPERATORS = {
    ast.Add: lambda a, b: a + b, ast.Sub: lambda a, b: a - b, ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b, ast.FloorDiv: lambda a, b: Fraction(math.floor(a / b)),
    ast.Mod: lambda a, b: a - b * math.floor(a / b),
}
ALL_FUNCTIONS = sorted({*DECIMAL_FUNCTIONS, *NUMBER_FUNCTIONS, *WHOLE_FUNCTIONS, *SEVERAL, *OTHERS})


class Evaluator:
    def __init__(self, text, variables):
        self.text, self.variables = text, variables

    def run(self):
        try:
            tree = ast.parse(self.text.strip(), mode="eval")
        except (SyntaxError, MemoryError, RecursionError):
            raise ValueError(
                f"`{self.text[:80]}` is no expression; write it as in Python, such as (2 + 3) * 4**2") from None
        self.text = self.text.strip()
        # A character makes at most two nodes: only a long text can have too many.
        if len(self.text) > MAX_NODES // 3 and sum(1 for _ in ast.walk(tree)) > MAX_NODES:
            raise ValueError(f"the expression has more than {MAX_NODES} parts; split it")
        return self.value(tree.body)

    def value(self, node):
        kind = type(node)
        if kind is ast.Constant:
            return self.constant(node)
        if kind is ast.BinOp:
            return self.operation(node)
        if kind is ast.Name:
            return self.name(node.id)
        if kind is ast.UnaryOp and type(node.op) in (ast.USub, ast.UAdd):
            inner = self.value(node.operand)
            return Quantity(-inner.number, inner.dims) if type(node.op) is ast.USub else inner
        if kind is ast.Call and type(node.func) is ast.Name and not node.keywords:
            return self.call(node.func.id, [self.value(argument) for argument in node.args])
        raise ValueError(
            f"`{ast.unparse(node)[:80]}` cannot be calculated; use numbers, + - * / // % **, units and functions")

    def constant(self, node):
        kind = type(node.value)
        if kind is int:
            return Quantity(_bounded(Fraction(node.value)))
        if kind is not float:
            raise ValueError(f"`{node.value!r}` is no number")
        text = (ast.get_source_segment(self.text, node) or repr(node.value)).replace("_", "")
        exponent = re.search(r"[eE]([+-]?\d+)$", text)
        if exponent and abs(int(exponent.group(1))) > 4_000:
            raise ValueError(f"`{text}` is too large or too small")
        return Quantity(_bounded(Fraction(text)))

    def name(self, name):
        if name in self.variables:
            return Quantity(self.variables[name])
        if name in ("pi", "tau"):
            return Quantity(_pi() if name == "pi" else 2 * _pi())
        if name == "e":
            return Quantity(Decimal(1).exp())
        if name in ("deg", "rad"):
            return Quantity(_pi() / 180 if name == "deg" else Fraction(1))
        if name in _units():
            return Quantity(*_unit(name))
        if name in TEMPERATURES:
            raise ValueError(f"write a temperature as a number and its unit: 20 {name}")
        raise ValueError(f"`{name}` is no variable, unit or constant; give it in `variables`")

    def operation(self, node):
        left, right, kind = self.value(node.left), self.value(node.right), type(node.op)
        if kind is ast.Pow:
            return self.power(left, right)
        if kind in (ast.Mult, ast.Div):
            sign = 1 if kind is ast.Mult else -1
            dims = tuple(a + sign * b for a, b in zip(left.dims, right.dims))
        elif left.dims != right.dims:
            raise ValueError(
                f"`{ast.unparse(node)[:80]}` mixes {_unit_text(left.dims) or 'a plain number'} and "
                f"{_unit_text(right.dims) or 'a plain number'}")
        else:
            dims = NONE if kind is ast.FloorDiv else left.dims
        a, b = left.number, right.number
        if type(a) is not type(b):  # one is exact, the other is not
            a, b = _decimal(a), _decimal(b)
        if kind in (ast.Div, ast.FloorDiv, ast.Mod) and b == 0:
            raise ValueError(f"`{ast.unparse(node)[:80]}` divides by zero")
        if kind is ast.BitXor:
            raise ValueError("`^` is not a power here; write ** for a power")
        if kind not in OPERATORS:
            raise ValueError(f"`{ast.unparse(node)[:80]}`: this operator is not supported")
        return Quantity(_bounded(OPERATORS[kind](a, b)), dims)

    def power(self, base, exponent):
        power = _plain(exponent, "an exponent")
        if isinstance(power, Fraction) and power.denominator == 1:
            return Quantity(*self.whole_power(base, power.numerator))
        if base.dims != NONE:
            raise ValueError("a quantity with a unit can only be raised to a whole power")
        if power == Fraction(1, 2):
            return Quantity(_root(base.number, 2))
        if base.number < 0:
            raise ValueError("a negative number can only be raised to a whole power")
        if base.number == 0:
            return Quantity(Fraction(0))
        return Quantity((_decimal(power) * _decimal(base.number).ln()).exp())

    def whole_power(self, base, power):
        number, dims = base.number, tuple(d * power for d in base.dims)
        if number == 0 and power < 0:
            raise ValueError("zero cannot be raised to a negative power")
        if isinstance(number, Decimal):
            if abs(power) > 1_000_000:
                raise ValueError("the exponent is too large; at most 1000000 for inexact numbers")
            return number**power, dims
        bits = max(number.numerator.bit_length(), number.denominator.bit_length())
        if abs(number) != 1 and number != 0 and bits * abs(power) > MAX_BITS:
            raise ValueError(
                f"the power is refused: it would have more than {MAX_BITS} bits; "
                "use a smaller exponent, or a logarithm")
        return number ** (power if abs(number) != 1 else power % 2), dims

    def call(self, name, arguments):
        if name in SEVERAL and arguments:
            return self.several(name, arguments)
        if name in ("abs", "round") and arguments:
            return self.shaped(name, arguments)
        if name in WHOLE_FUNCTIONS and arguments:
            return Quantity(_bounded(Fraction(WHOLE_FUNCTIONS[name](*(_whole(a, name) for a in arguments)))))
        if name in ("comb", "perm", "factorial"):
            return self.counted(name, [_whole(a, name) for a in arguments])
        if name == "log" and len(arguments) in (1, 2):
            return Quantity(_log(*(_plain(a, name) for a in arguments)))
        if len(arguments) == 1:
            if name == "sqrt":
                return self.rooted(arguments[0])
            if name in TEMPERATURES:
                factor, offset = map(Fraction, TEMPERATURES[name])
                return Quantity(_plain(arguments[0], name) * factor + offset, _unit("K")[1])
            if name in DECIMAL_FUNCTIONS:
                return Quantity(DECIMAL_FUNCTIONS[name](_decimal(_plain(arguments[0], name))))
            if name in NUMBER_FUNCTIONS:
                return Quantity(NUMBER_FUNCTIONS[name](_plain(arguments[0], name)))
        if name in ALL_FUNCTIONS:
            raise ValueError(f"{name} does not take {len(arguments)} arguments")
        raise ValueError(f"there is no function `{name}`; there are {', '.join(ALL_FUNCTIONS)}")

    def rooted(self, quantity):
        if any(d % 2 for d in quantity.dims):
            raise ValueError(f"sqrt of {_unit_text(quantity.dims)} has no unit")
        return Quantity(_root(quantity.number, 2), tuple(d // 2 for d in quantity.dims))

    def several(self, name, arguments):
        if any(a.dims != arguments[0].dims for a in arguments):
            raise ValueError(f"{name} needs values of one unit")
        numbers = [a.number for a in arguments]
        if any(isinstance(n, Decimal) for n in numbers):
            numbers = [_decimal(n) for n in numbers]
        if name in ("min", "max"):
            return Quantity(min(numbers) if name == "min" else max(numbers), arguments[0].dims)
        number = sum(numbers[1:], numbers[0]) / (len(numbers) if name == "mean" else 1)
        return Quantity(_bounded(number), arguments[0].dims)

    def shaped(self, name, arguments):
        number = arguments[0].number
        if name == "abs" and len(arguments) == 1:
            return Quantity(abs(number), arguments[0].dims)
        places = _whole(arguments[1], "round") if len(arguments) == 2 else 0
        if name == "abs" or len(arguments) > 2 or abs(places) > 100:
            raise ValueError(f"{name} takes a number, round also the decimal places (-100 to 100)")
        scaled = number * (Fraction(10) ** places if isinstance(number, Fraction) else Decimal(10) ** places)
        whole = math.floor(abs(scaled) * 2 + 1) // 2
        return Quantity(Fraction(whole if scaled >= 0 else -whole) / Fraction(10) ** places, arguments[0].dims)

    def counted(self, name, numbers):
        if len(numbers) != (1 if name == "factorial" else 2):
            raise ValueError(f"{name} does not take {len(numbers)} arguments")
        if any(n < 0 or n > MAX_FACTORIAL for n in numbers):
            raise ValueError(f"{name} takes whole numbers from 0 to {MAX_FACTORIAL}")
        return Quantity(_bounded(Fraction(getattr(math, name)(*numbers))))


def _unit_text(dims):
    if dims == NONE:
        return ""
    above = [n if p == 1 else f"{n}**{p}" for n, p in zip(BASE, dims) if p > 0]
    below = [n if p == -1 else f"{n}**{-p}" for n, p in zip(BASE, dims) if p < 0]
    return "*".join(above or ["1"]) + "".join("/" + part for part in below)


def _with_units(text):
    """Writes `5 km` as `(5*km)`, `5 ft 3 in` as `((5*ft) + (3*inch))`, `20 degC` as `degC(20)`."""
    if LETTER.search(text) is None:
        return text

    def replace(match):
        number, unit, power = match.groups()
        unit = KEYWORD_UNITS.get(unit, unit)
        return f"({number}*{unit}{power})" if unit in _units() or unit in ("deg", "rad") else match.group(0)

    text = TEMPERATURE.sub(lambda match: f"{match[3]}({'-' if match[1] else ''}{match[2]})", text)
    text = AFTER_BRACKET.sub(lambda m: f")*{m[1]}" if m[1] in _units() else m[0], text)
    text = WITH_UNIT.sub(replace, text)
    return COMPOUND.sub(lambda match: "(" + match[0].replace(") (", ") + (") + ")", text)


def _render(number, digits):
    """(decimal text, whether that text is the exact value)."""
    rational = type(number) is Fraction
    if rational and number.denominator == 1 and abs(number.numerator) < 10**digits:
        return str(number.numerator), True
    context = Context(prec=digits)
    setcontext(context)
    value = _decimal(number)
    exact = rational and Fraction(value) == number
    if value == 0 or (not rational and abs(number) < Decimal(10) ** -(WORK_DIGITS - 5)):
        return "0", exact
    value = value.normalize(context)
    plain = -12 <= value.adjusted() <= max(digits, 20)
    return (format(value, "f") if plain else str(value)), exact


def calculator(expression: str, to: str = "", variables: dict | None = None, digits: int = 28) -> Result:
    """Calculates an expression exactly, with functions and units of measurement.

    Decimals are exact (0.1 + 0.2 is 0.3) and fractions stay fractions. Write powers as `**`.
    Functions: abs, round, floor, ceil, trunc, sqrt, cbrt, exp, ln, log(x, base), log10, log2, sin,
    cos, tan, asin, acos, atan (radians; write sin(30 deg) for degrees), degrees, radians,
    min, max, sum, mean, gcd, lcm, factorial, comb, perm. Constants: pi, tau, e.

    Write units after a number: `5 km`, `20 degC`, `3 m**2`, `60 mi / (1 h)`. Units are checked: metres
    cannot be added to seconds. Known: m km cm mm in ft yd mi nmi, g kg mg t lb oz, s ms min h day week
    year, L mL gal cup floz tbsp tsp, ha acre, kmh mph kn, N Pa bar atm psi, J kJ cal kcal kWh eV BTU,
    W kW hp, V A ohm, B kB MB GB TB KiB MiB GiB TiB bit Mbit, Hz kHz MHz GHz, K degC degF, deg rad.

    Args:
        expression: what to calculate, such as `(1/3 + 0.25) * 12` or `5 km + 300 m`
        to: the unit to give the result in, such as `mi` or `km/h`; empty: base units
        variables: numbers by name for use in the expression, such as {"rate": "0.075"}; text keeps
            decimals exact
        digits: significant digits of a result that has no exact decimal form, 1 to 50

    Examples:
        calculator("0.1 + 0.2") gives value "0.3", exact
        calculator("100 km / (1 h)", to="mph") gives value "62.13711922373339696174341844"
        calculator("1200 * (1 + rate)**5", variables={"rate": "0.04"}) gives value "1459.9834828..."
    """
    if not 1 <= digits <= 50:
        raise ValueError("digits must be from 1 to 50")
    if len(expression) > MAX_TEXT or len(to) > 100:
        raise ValueError(f"the expression is longer than {MAX_TEXT} characters; split it")
    numbers = {name: _variable(name, value) for name, value in (variables or {}).items()}
    before = getcontext()
    setcontext(WORK)
    try:
        number, unit = _calculated(expression, to.strip(), numbers)
        text, exact = _render(number, digits)
    finally:
        setcontext(before)
    fraction = None
    if type(number) is Fraction and max(number.numerator.bit_length(), number.denominator.bit_length()) < 2_000:
        fraction = str(number)
    return {"value": text, "unit": unit, "fraction": fraction, "exact": exact}


def _calculated(expression, to, numbers):
    try:
        quantity = Evaluator(_with_units(expression), numbers).run()
        return (_converted(quantity, to), to) if to else (quantity.number, _unit_text(quantity.dims))
    except (ArithmeticError, RecursionError) as error:
        raise ValueError(f"the expression has no usable value ({type(error).__name__})") from None


def _converted(quantity, unit):
    if unit in TEMPERATURES:
        if quantity.dims != _unit("K")[1]:
            raise ValueError(f"the result is in {_unit_text(quantity.dims) or 'no unit'}, not a temperature")
        factor, offset = map(Fraction, TEMPERATURES[unit])
        return (quantity.number - offset) / factor
    target = Evaluator(KEYWORD_UNITS.get(unit, unit), {}).run()
    if target.dims != quantity.dims:
        raise ValueError(
            f"the result is in {_unit_text(quantity.dims) or 'no unit'}, which is not convertible to {unit}")
    if target.number == 0:
        raise ValueError(f"`{unit}` is no unit")
    a, b = quantity.number, target.number
    return a / b if isinstance(a, Fraction) and isinstance(b, Fraction) else _decimal(a) / _decimal(b)


def _variable(name, value):
    if not isinstance(name, str) or not name.isidentifier() or name in ALL_FUNCTIONS:
        raise ValueError(f"`{name}` cannot be a variable's name; use letters, digits and _")
    text = str(value).strip()
    pattern = r"[+-]?\d{1,500}(\.\d{0,500})?([eE][+-]?\d{1,3})?(/\d{1,500})?"
    try:
        if not isinstance(value, bool) and re.fullmatch(pattern, text):
            return Fraction(text)
    except (ValueError, ZeroDivisionError):
        pass
    raise ValueError(f'variable {name} is no number: give a number, or text such as "0.1" or "1/3"')
