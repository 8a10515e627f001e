package dev.mneme.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.TestModule;
import dev.mneme.sandbox.graalpy.GraalPySandbox;
import dev.mneme.sandbox.graalpy.PackagedWorkers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped tools, run as the product runs them: in GraalPy workers with nothing permitted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolLibraryIT {
  private static final Path LIBRARY = Path.of("tool-library");
  private static final ToolLimits LIMITS =
      new ToolLimits(Duration.ofMinutes(2), Duration.ofMinutes(2), 100_000, 1_000_000);

  private GraalPySandbox sandbox;
  private Path data;

  @BeforeAll
  void open(@TempDir Path folder) {
    data = folder;
    sandbox = new GraalPySandbox(PackagedWorkers.settings(data), HostCalls.DENIED);
  }

  @AfterAll
  void close() {
    sandbox.close();
  }

  /**
   * The committed file must be what the deriver makes of the committed tools. Run with {@code
   * -Dmneme.schemas.write=true} to write it.
   */
  @ParameterizedTest
  @ValueSource(strings = {"", "conformance"})
  void theShippedSchemasAreThoseOfTheTools(String folder) throws IOException {
    Path library = LIBRARY.resolve(folder);
    List<ObjectNode> entries = new ArrayList<>();
    for (Path file : files(library, ".py")) {
      String name = name(file);
      String source = Files.readString(file);
      SchemaReading reading = new BackendSchemaReader(sandbox).read(name, source);
      assertThat(reading).as(name).isInstanceOf(SchemaReading.Found.class);
      entries.add(
          SchemaCache.entry(
              name,
              ToolCode.of(name, source, Trust.TRUSTED),
              new SchemaCache.Known(
                  ((SchemaReading.Found) reading).schema(),
                  new HeaderReader().tree(name, source))));
    }
    String text = SchemaCache.shippedText(entries);
    Path shipped = library.resolve(LibraryRegistry.SHIPPED_SCHEMAS);
    if (Boolean.getBoolean("mneme.schemas.write")) {
      Files.writeString(shipped, text);
    }

    assertThat(shipped).content().isEqualTo(text);
  }

  @Test
  void everyShippedToolIsReadyAtOnceWithoutAWorker() {
    SchemaReader none =
        (file, source) -> {
          throw new AssertionError(file + " needed a worker");
        };
    try (LibraryRegistry registry =
        LibraryRegistry.open(
            LIBRARY, data.resolve("none"), none, ToolLimits.DEFAULT, Duration.ofMinutes(1))) {
      assertThat(registry.catalog().files()).extracting(ToolFile::problems).containsOnly(List.of());
      assertThat(registry.catalog().tools())
          .extracting(LibraryTool::name)
          .containsExactly(
              "calculator",
              "date_math",
              "json_tools",
              "regex_extract",
              "schedule_planner",
              "statistics_summary",
              "table_stats",
              "text_diff");
      assertThat(registry.catalog().tools()).allMatch(tool -> tool.outputSchema().isPresent());
    }
  }

  @TestFactory
  Stream<DynamicTest> theToolsOwnTestsPassInTheSandbox() throws IOException {
    return files(LIBRARY.resolve("tests"), ".py").stream().flatMap(this::tests);
  }

  private Stream<DynamicTest> tests(Path file) {
    String tool = name(file).substring("test_".length());
    ToolOutcome outcome =
        sandbox.runTests(
            new ToolCall(
                Owner.DEFAULT,
                code(file),
                Optional.empty(),
                JsonNodeFactory.instance.objectNode(),
                LIMITS,
                ToolListener.NONE),
            List.of(new TestModule(tool.replace(".py", ""), code(LIBRARY.resolve(tool)))));
    if (!(outcome instanceof ToolOutcome.Success success)) {
      return Stream.of(DynamicTest.dynamicTest(tool, () -> assertThat(outcome).isNull()));
    }
    return success
        .value()
        .path("tests")
        .valueStream()
        .map(test ->
            DynamicTest.dynamicTest(
                tool + " " + test.path("name").asText(),
                () ->
                    assertThat(test.path("ok").asBoolean())
                        .as(test.path("message").asText() + test.path("traceback").asText())
                        .isTrue()));
  }

  @TestFactory
  Stream<DynamicTest> resultsFitTheOutputSchemas() {
    List<List<String>> calls =
        List.of(
            List.of("calculator", "{\"expression\": \"sqrt(2) km\", \"to\": \"mi\"}"),
            List.of(
                "calculator", "{\"expression\": \"1/3 + rate\", \"variables\": {\"rate\": 0.5}}"),
            List.of("date_math", "{\"operation\": \"show\", \"to_zone\": \"Asia/Tokyo\"}"),
            List.of(
                "date_math",
                "{\"operation\": \"difference\", \"date\": \"2026-01-01\", \"other\":"
                    + " \"2027-05-06\"}"),
            List.of("date_math", "{\"operation\": \"zones\", \"search\": \"berlin\"}"),
            List.of("json_tools", "{\"operation\": \"query\", \"document\": \"[1, null]\"}"),
            List.of(
                "json_tools",
                "{\"operation\": \"diff\", \"document\": \"{\\\"a\\\": 1}\", \"other\": \"[]\"}"),
            List.of("regex_extract", "{\"text\": \"a1b\", \"pattern\": \"(x)?(?P<n>[0-9])\"}"),
            List.of(
                "regex_extract",
                "{\"text\": \"a1b\", \"pattern\": \"(1)|q\", \"mode\": \"split\"}"),
            List.of(
                "schedule_planner",
                "{\"tasks\": [{\"name\": \"a\", \"hours\": 1.5, \"deadline\": \"2026-01-01\"}],"
                    + " \"start\": \"2026-12-01\"}"),
            List.of("statistics_summary", "{\"numbers\": [1]}"),
            List.of(
                "statistics_summary",
                "{\"numbers\": [1, 2, 4], \"other\": [1, 1, 1], \"percentiles\": [10]}"),
            List.of(
                "table_stats",
                "{\"table\": \"a,b\\n1,x\\n,y\", \"group_by\": [\"b\"], \"aggregates\":"
                    + " [\"sum(a)\"]}"),
            List.of("text_diff", "{\"before\": \"a\", \"after\": \"b\", \"mode\": \"words\"}"));
    LibraryRegistry registry = registry();
    ToolService service = service(registry);
    await().until(() -> registry.catalog().tools().size() == 8);
    return calls.stream()
        .map(call ->
            DynamicTest.dynamicTest(
                String.join(" ", call), () -> resultFits(registry, service, call)))
        .onClose(registry::close);
  }

  private static void resultFits(LibraryRegistry registry, ToolService service, List<String> call) {
    ObjectNode arguments = (ObjectNode) Json.parse(call.get(1));
    ToolOutcome outcome =
        service.call(Owner.DEFAULT, call.getFirst(), arguments, ToolListener.NONE);
    assertThat(outcome).isInstanceOf(ToolOutcome.Success.class);
    JsonNode value = ((ToolOutcome.Success) outcome).value();
    ObjectNode schema =
        registry.catalog().find(call.getFirst()).flatMap(LibraryTool::outputSchema).orElseThrow();
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(value))
        .as(value.toString())
        .isEmpty();
  }

  @Test
  void aMistakeOfTheCallerIsToldInTheToolsOwnWords() {
    try (LibraryRegistry registry = registry()) {
      ToolOutcome outcome =
          service(registry)
              .call(
                  Owner.DEFAULT,
                  "calculator",
                  JsonNodeFactory.instance.objectNode().put("expression", "10**(10**8)"),
                  ToolListener.NONE);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              ToolOutcome.Failure.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(ToolOutcome.Reason.ERROR);
                assertThat(failure.message()).contains("the power is refused");
                assertThat(failure.traceback()).contains("calculator.py").doesNotContain("/");
              });
    }
  }

  @Test
  void aFileIsCheckedWithoutBeingRun() {
    try (LibraryRegistry registry = registry()) {
      ToolCheck check =
          service(registry)
              .check(
                  "risky.py",
                  """
                  # /// script
                  # [tool.mneme]
                  # retries = 3
                  # ///
                  raise SystemExit(1)

                  def risky(amount) -> int:
                      \"""Does it.\"""
                  """);

      assertThat(check.problems())
          .extracting(ToolProblem::text)
          .containsExactly(
              "risky.py:3: unknown key `retries` in [tool.mneme]; use one of sandbox, timeout,"
                  + " network, secrets, memory, title, files, read-only, destructive, idempotent,"
                  + " open-world",
              "risky.py:7:11: parameter `amount` has no type hint; write `amount: str`");
    }
  }

  private LibraryRegistry registry() {
    return LibraryRegistry.open(
        LIBRARY,
        data.resolve("cache"),
        new BackendSchemaReader(sandbox),
        ToolLimits.DEFAULT,
        Duration.ofMillis(200));
  }

  private ToolService service(ToolRegistry registry) {
    return new LibraryToolService(
        registry,
        sandbox,
        new BackendSchemaReader(sandbox),
        ToolLimits.DEFAULT,
        ToolLimits.DEFAULT);
  }

  private static ToolCode code(Path file) {
    try {
      return ToolCode.of(name(file), Files.readString(file), Trust.TRUSTED);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return Objects.toString(file.getFileName());
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> name(file).endsWith(ending)).sorted().toList();
    }
  }
}
