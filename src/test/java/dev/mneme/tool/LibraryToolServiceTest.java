package dev.mneme.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.mneme.common.ErrorKind;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LibraryToolServiceTest {
  private static final ToolLimits SCRIPT =
      new ToolLimits(Duration.ofSeconds(5), Duration.ofSeconds(4), 1000, 2000);

  private final List<ToolCall> calls = new ArrayList<>();
  private final FakeSchemaReader reader = new FakeSchemaReader();
  private final LibraryToolService service =
      new LibraryToolService(new OneTool(), this::record, reader, ToolLimits.DEFAULT, SCRIPT);

  @Test
  void aCallGoesToTheSandboxWithTheToolsCodeAndLimits() {
    ToolOutcome outcome = call("{\"text\": \"x\", \"count\": 2}");

    assertThat(outcome).isInstanceOf(ToolOutcome.Success.class);
    ToolCall call = calls.getFirst();
    assertThat(call.code().trust()).isEqualTo(Trust.TRUSTED);
    assertThat(call.function()).contains("echo");
    assertThat(call.arguments()).isEqualTo(Json.parse("{\"text\": \"x\", \"count\": 2}"));
    assertThat(call.limits()).isEqualTo(ToolLimits.DEFAULT);
  }

  @Test
  void nullForAnOptionalArgumentAndAWholeFloatAreForgiven() {
    call("{\"text\": \"x\", \"count\": 5.0, \"mode\": null}");

    assertThat(Json.write(calls.getFirst().arguments())).isEqualTo("{\"text\":\"x\",\"count\":5}");
  }

  @Test
  void argumentsThatDoNotFitAreAllNamed() {
    assertThatThrownBy(
            () -> call("{\"count\": 1.5, \"mode\": \"c\", \"point\": {\"y\": 1}, \"more\": 1}"))
        .isInstanceOfSatisfying(
            MnemeException.class,
            e -> {
              assertThat(e.code()).isEqualTo("invalid_arguments");
              assertThat(e.message())
                  .startsWith("The arguments do not fit echo: ")
                  .contains("`text` is missing")
                  .contains("`more` is not an argument (it takes text, count, mode, point)")
                  .contains("`point.x` is missing")
                  .contains("`point.y` is not an argument")
                  .contains("`count` number found, integer expected")
                  .contains("`mode` does not have a value in the enumeration [\"a\", \"b\"]");
            });
    assertThat(calls).isEmpty();
  }

  @Test
  void anUnknownToolIsNotFound() {
    assertThatThrownBy(() ->
            service.call(
                Owner.DEFAULT, "nothing", Json.mapper().createObjectNode(), ToolListener.NONE))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
  }

  @Test
  void aScriptIsUntrustedAndHasItsOwnLimits() {
    service.runPython(Owner.DEFAULT, "1 + 1", ToolListener.NONE);

    ToolCall call = calls.getFirst();
    assertThat(call.code().trust()).isEqualTo(Trust.UNTRUSTED);
    assertThat(call.function()).isEmpty();
    assertThat(call.limits()).isEqualTo(SCRIPT);
  }

  @Test
  void emptyAndOversizeScriptsAreRefused() {
    assertThatThrownBy(() -> service.runPython(Owner.DEFAULT, " \n", ToolListener.NONE))
        .hasMessageContaining("empty");
    assertThatThrownBy(
            () -> service.runPython(Owner.DEFAULT, "1;".repeat(200_000), ToolListener.NONE))
        .hasMessageContaining("262144 characters");
    assertThat(calls).isEmpty();
  }

  @Test
  void aCheckNamesWhatIsWrongInHeaderAndFunction() {
    ToolCheck check =
        service.check(
            "t.py",
            """
            # /// script
            # dependencies = ["https://example.com/numpy.whl"]
            # [tool.mneme]
            # sandbox = "docker"
            # ///
            def broken(): ...
            """);

    assertThat(check.tool()).isEmpty();
    assertThat(check.problems())
        .extracting(ToolProblem::message)
        .containsExactlyInAnyOrder("`https://example.com/numpy.whl` is no package", "it is broken");
  }

  @Test
  void aCheckOfAGoodFileShowsTheTool() {
    ToolCheck check = service.check("t.py", "def good(text): ...");

    assertThat(check.problems()).isEmpty();
    assertThat(check.tool()).map(LibraryTool::name).contains("good");
  }

  private ToolOutcome call(String arguments) {
    return service.call(
        Owner.DEFAULT, "echo", (ObjectNode) Json.parse(arguments), ToolListener.NONE);
  }

  private ToolOutcome record(ToolCall call) {
    calls.add(call);
    return new ToolOutcome.Success(TextNode.valueOf("done"), "", "");
  }

  private static final class OneTool implements ToolRegistry {
    private final ToolCatalog catalog =
        ToolCatalog.of(
            1,
            List.of(
                new ToolFile(
                    "echo.py",
                    ToolFile.State.READY,
                    new ToolAssembler(ToolLimits.DEFAULT)
                        .assemble(
                            "echo.py",
                            "def echo(): ...",
                            new SchemaReading.Found(FakeSchemaReader.schema("echo")))
                        .tool(),
                    List.of())));

    @Override
    public ToolCatalog catalog() {
      return catalog;
    }

    @Override
    public AutoCloseable onChange(Consumer<ToolCatalog> listener) {
      return () -> {};
    }
  }
}
