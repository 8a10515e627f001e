package dev.mneme.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the deriver promises, wherever it runs. */
abstract class SchemaReaderContract {
  abstract ToolBackend backend();

  @Test
  void everyTypeHasItsSchema() {
    ToolSchema schema =
        found(
            """
            import typing as t
            from typing import Annotated, List, Literal, Optional, Union

            Unit = Literal["C", "F"]

            def tool(
                a: str, b: int, c: float, d: bool, e: list, f: list[int], g: List[List[str]],
                h: dict, i: Unit, j: tuple[int, str], k: Optional[int] = None,
                l: "str | None" = None, m: Union[float, None] = 1.5, n: t.Dict = {},
                o: Annotated[int, "documented here"] = 3, p: Literal[1, 2] = 2, *, q: bool = True,
            ) -> None:
                \"""Does it.

                Args:
                    a: first
                      goes on here
                    b (int): second
                    c: x
                    d: x
                    e: x
                    f: x
                    g: x
                    h: x
                    i: x
                    j: x
                    k: x
                    l: x
                    m: x
                    n: x
                    p: x
                    q: x
                \"""
            """);

    assertThat(schema.input())
        .isEqualTo(
            Json.parse(
                """
                {"type": "object",
                 "properties": {
                   "a": {"type": "string", "description": "first goes on here"},
                   "b": {"type": "integer", "description": "second"},
                   "c": {"type": "number", "description": "x"},
                   "d": {"type": "boolean", "description": "x"},
                   "e": {"type": "array", "items": {"type": "string"}, "description": "x"},
                   "f": {"type": "array", "items": {"type": "integer"}, "description": "x"},
                   "g": {"type": "array", "description": "x",
                         "items": {"type": "array", "items": {"type": "string"}}},
                   "h": {"type": "object", "description": "x"},
                   "i": {"type": "string", "enum": ["C", "F"], "description": "x"},
                   "j": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}],
                         "minItems": 2, "maxItems": 2, "description": "x"},
                   "k": {"type": "integer", "description": "x"},
                   "l": {"type": "string", "description": "x"},
                   "m": {"type": "number", "description": "x", "default": 1.5},
                   "n": {"type": "object", "description": "x", "default": {}},
                   "o": {"type": "integer", "description": "documented here", "default": 3},
                   "p": {"type": "integer", "enum": [1, 2], "description": "x", "default": 2},
                   "q": {"type": "boolean", "description": "x", "default": true}},
                 "required": ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"],
                 "additionalProperties": false}
                """));
    assertThat(schema.output()).isEmpty();
  }

  @Test
  void classesBecomeObjects() {
    ToolSchema schema =
        found(
            """
            from dataclasses import dataclass, field
            from typing import NotRequired, TypedDict
            from pydantic import BaseModel, Field

            @dataclass
            class Base:
                \"""A thing.

                Attributes:
                    id: its number
                \"""
                id: int

            @dataclass
            class Order(Base):
                \"""An order.

                Attributes:
                    lines: what is ordered
                    note: said by the customer
                \"""
                lines: list["Line"]
                note: str | None = None
                tags: list[str] = field(default_factory=list)
                "free words"

            class Line(TypedDict):
                \"""A line.

                Attributes:
                    sku: the article
                \"""
                sku: str
                count: NotRequired[int]
                "how many"

            class Buyer(BaseModel):
                name: str = Field(description="full name")
                age: int = Field(18, description="in years")

            class Answer(TypedDict):
                \"""What came of it.\"""
                total: float
                "the sum"
                parts: dict[str, int]
                problem: str | None

            def tool(order: Order, buyer: Buyer) -> Answer:
                \"""Takes an order.

                Args:
                    order: the order
                    buyer: who buys
                \"""
            """);

    assertThat(schema.input().path("properties"))
        .isEqualTo(
            Json.parse(
                """
                {"order": {"type": "object", "description": "the order",
                   "properties": {
                     "id": {"type": "integer", "description": "its number"},
                     "lines": {"type": "array", "description": "what is ordered",
                       "items": {"type": "object",
                         "properties": {
                           "sku": {"type": "string", "description": "the article"},
                           "count": {"type": "integer", "description": "how many"}},
                         "required": ["sku"], "additionalProperties": false}},
                     "note": {"type": "string", "description": "said by the customer"},
                     "tags": {"type": "array", "items": {"type": "string"},
                              "description": "free words"}},
                   "required": ["id", "lines"], "additionalProperties": false},
                 "buyer": {"type": "object", "description": "who buys",
                   "properties": {
                     "name": {"type": "string", "description": "full name"},
                     "age": {"type": "integer", "description": "in years", "default": 18}},
                   "required": ["name"], "additionalProperties": false}}
                """));
    assertThat(schema.output())
        .contains(
            (ObjectNode)
                Json.parse(
                    """
                    {"description": "What came of it.", "type": "object",
                     "properties": {
                       "total": {"type": "number", "description": "the sum"},
                       "parts": {"type": "object", "additionalProperties": {"type": "integer"}},
                       "problem": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
                     "required": ["total", "parts", "problem"]}
                    """));
    assertThat(schema.adapted()).isTrue();
  }

  @Test
  void theDescriptionIsSummaryLongPartAndExamples() {
    ToolSchema schema =
        found(
            """
            def tool(a: str) -> str:
                \"""Does it.

                In two
                lines.

                Args:
                    a: x

                Returns:
                    something

                Raises:
                    ValueError: never

                Examples:
                    tool("x")
                      deeper
                \"""
            """);

    assertThat(schema.description())
        .isEqualTo("Does it.\n\nIn two\nlines.\n\nExamples:\ntool(\"x\")\n  deeper");
  }

  @Test
  void theToolIsTheFunctionOfTheFilesNameElseTheLastPublicOne() {
    String source =
        """
        def tool():
            \"""One.\"""
        def other():
            \"""Two.\"""
        def _private():
            pass
        """;

    assertThat(found("tool.py", source).function()).isEqualTo("tool");
    assertThat(found("mixed.py", source).function()).isEqualTo("other");
  }

  @Test
  void classesForTypeCheckersOnlyAreSeen() {
    ToolSchema schema =
        found(
            """
            from __future__ import annotations
            from typing import TYPE_CHECKING

            if TYPE_CHECKING:
                from typing import TypedDict

                class Answer(TypedDict):
                    n: int

            def tool() -> Answer:
                \"""Answers.\"""
            """);

    assertThat(schema.output().orElseThrow().path("required").path(0).asText()).isEqualTo("n");
  }

  @Test
  void agentStateIsNoParameter() {
    ToolSchema schema =
        found(
            "def tool(agent_state: object, n: int = 1):\n"
                + "    \"\"\"X.\n\n"
                + "    Args:\n"
                + "        n: x\n"
                + "    \"\"\"\n");

    assertThat(schema.input().path("properties").fieldNames()).toIterable().containsExactly("n");
    assertThat(schema.adapted()).isTrue();
  }

  @Test
  void everyProblemHasALineAndAFix() {
    assertThat(
            problems(
                """
                def tool(a, b: dict[str, int], c: int | str, *args, d: set[int] = None,
                         e: Thing = None, f: int = 1, **more):
                    \"""Does it.

                    Args:
                        b: x
                        zzz: gone
                    \"""
                """))
        .containsExactly(
            "tool.py:1:10: parameter `a` has no type hint; write `a: str`",
            "tool.py:1:16: parameter `b`: `dict[str, int]`: a dict with typed values is not"
                + " supported; write `dict`, or a TypedDict or dataclass that names and documents"
                + " the keys",
            "tool.py:1:35: parameter `c`: `int | str`: a union of several types is not supported;"
                + " choose one type, or `T | None` for an argument that may be left out",
            "tool.py:1:47: `*args` cannot be described to a model; name every parameter; a list"
                + " parameter can take several values",
            "tool.py:1:56: parameter `d`: type `set[int]` has no JSON form; write `list[T]` and"
                + " make it a set in the function",
            "tool.py:2:13: parameter `e`: type `Thing` has no JSON form; use str, int, float, bool,"
                + " list[T], dict, Literal[...], tuple[A, B], T | None, a dataclass, a TypedDict or"
                + " a BaseModel",
            "tool.py:2:27: parameter `f` is not documented; add `f: what it is` under `Args:` in"
                + " the docstring",
            "tool.py:2:41: `**more` cannot be described to a model; name every parameter; a list"
                + " parameter can take several values",
            "tool.py:7: the docstring documents `zzz`, which is not a parameter; remove the entry"
                + " or correct its name");
  }

  @Test
  void filesThatAreNoToolsAreExplained() {
    assertThat(problems("x = 1\n"))
        .containsExactly(
            "tool.py:1:1: the file has no public function at its top level; write `def tool(...)"
                + " -> ...:`");
    assertThat(problems("def tool(n: int):\n    return n\n"))
        .containsExactly(
            "tool.py:1:1: function `tool` has no docstring; add one: a summary line, then `Args:`"
                + " with a line for each parameter");
    assertThat(problems("def tool(:\n"))
        .singleElement()
        .asString()
        .startsWith("tool.py:1:")
        .contains(": not valid Python: ");
    assertThat(
            problems(
                "class A:\n  a: 'A'\ndef tool(x: A):\n  \"\"\"X.\n\n  Args:\n    x: x\n  \"\"\"\n"))
        .singleElement()
        .asString()
        .contains("class `A` has no JSON form; make it a dataclass");
  }

  @Test
  void hostileTextIsNeverRunAndEndsInAnAnswer() {
    assertThat(problems("raise SystemExit(1)\nimport nothing\n")).hasSize(1);
    assertThat(problems("(".repeat(5_000))).hasSize(1);
    assertThat(problems("x = " + "-".repeat(100_000) + "1\n")).hasSize(1);
    assertThat(problems("x = 1" + " + 1".repeat(50_000) + "\n")).hasSize(1);
    assertThat(
            problems(
                "def tool(x: "
                    + "list[".repeat(80)
                    + "int"
                    + "]".repeat(80)
                    + "):\n  \"\"\"X.\n\n  Args:\n    x: x\n  \"\"\"\n"))
        .singleElement()
        .asString()
        .contains("nested too deeply");
    assertThat(
            problems("A = B\nB = A\ndef tool(x: A):\n  \"\"\"X.\n\n  Args:\n    x: x\n  \"\"\"\n"))
        .singleElement()
        .asString()
        .contains("nested too deeply");
    assertThat(
            problems(
                "from dataclasses import dataclass\n@dataclass\nclass A:\n  a: 'A'\n  'inner'\n"
                    + "def tool(x: A):\n  \"\"\"X.\n\n  Args:\n    x: x\n  \"\"\"\n"))
        .singleElement()
        .asString()
        .contains("contains itself");
    assertThat(problems("\0")).hasSize(1);
  }

  @Test
  void adaptedToolsGetTheObjectsTheyAskFor() {
    String source =
        """
        from dataclasses import dataclass
        from typing import Optional

        @dataclass
        class Point:
            \"""A point.\"""
            x: float
            "across"
            y: float | None
            "up"

        def tool(points: list[Point], size: tuple[int, str], left_out: Optional[int]) -> dict:
            \"""Shows what arrived.

            Args:
                points: x
                size: x
                left_out: x
            \"""
            assert left_out is None and points[0].y is None
            return {"point": points[0], "sum": points[0].x + points[1].y, "kind": type(size).__name__}
        """;
    ToolCheck check =
        new ToolAssembler(ToolLimits.DEFAULT)
            .assemble("tool.py", source, new SchemaReading.Found(found(source)));
    LibraryTool tool = check.tool().orElseThrow();

    ToolOutcome outcome =
        backend()
            .call(
                new ToolCall(
                    Owner.DEFAULT,
                    tool.code(),
                    Optional.of(tool.function()),
                    (ObjectNode)
                        Json.parse(
                            "{\"points\": [{\"x\": 1}, {\"x\": 2, \"y\": 3}], \"size\": [1,"
                                + " \"a\"]}"),
                    tool.limits(),
                    ToolListener.NONE));

    assertThat(outcome).isInstanceOf(ToolOutcome.Success.class);
    assertThat(((ToolOutcome.Success) outcome).value())
        .isEqualTo(
            Json.parse(
                "{\"point\": {\"x\": 1.0, \"y\": null}, \"sum\": 4.0, \"kind\": \"tuple\"}"));
    assertThat(tool.inputSchema().path("required")).hasSize(2);
  }

  private ToolSchema found(String source) {
    return found("tool.py", source);
  }

  private ToolSchema found(String file, String source) {
    SchemaReading reading = new BackendSchemaReader(backend()).read(file, source);
    assertThat(reading).isInstanceOf(SchemaReading.Found.class);
    return ((SchemaReading.Found) reading).schema();
  }

  private List<String> problems(String source) {
    SchemaReading reading = new BackendSchemaReader(backend()).read("tool.py", source);
    assertThat(reading).isInstanceOf(SchemaReading.Refused.class);
    return ((SchemaReading.Refused) reading).problems().stream().map(ToolProblem::text).toList();
  }
}
