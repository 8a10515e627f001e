package dev.mneme.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredToolsTest {
  private static final Owner ME = Owner.DEFAULT;

  @TempDir Path folder;
  private TestingTools world;
  private StoredTools tools;

  @BeforeEach
  void open() {
    world = new TestingTools(folder, new FakeSchemaReader());
    tools = world.tools;
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aToolIsWhatItsSourceSays() {
    StoredTool made = tools.create(ME, ToolDraft.of("def roll(text):\n    pass\n"));
    assertThat(made.name()).isEqualTo("roll");
    assertThat(made.type()).isEqualTo("custom");
    assertThat(made.description()).isEqualTo("Does something.");
    assertThat(made.schema().path("name").asText()).isEqualTo("roll");
    assertThat(made.schema().at("/parameters/required/0").asText()).isEqualTo("text");
    assertThat(tools.get(ME, made.id()).sourceCode()).isEqualTo(made.sourceCode());
    assertThat(tools.findByName(ME, "roll").map(StoredTool::id)).contains(made.id());
  }

  @Test
  void aSchemaThatIsGivenWinsAndRenames() {
    ObjectNode schema =
        (ObjectNode)
            Json.parse(
                "{\"name\": \"dice\", \"description\": \"Rolls.\", \"parameters\":"
                    + " {\"type\": \"object\", \"properties\": {\"n\": {\"type\": \"integer\"}}}}");
    StoredTool made = tools.create(ME, draft("def roll(n):\n    pass\n", Optional.of(schema)));
    assertThat(made.name()).isEqualTo("dice");
    assertThat(made.schema()).isEqualTo(schema);
    assertThat(tools.custom(ME, made.id()).map(CustomTool::function)).contains("roll");
    StoredTool undocumented =
        tools.create(
            ME,
            draft(
                "def helper():\n    pass\n\ndef broken(n):\n    pass\n",
                Optional.of(schema.deepCopy().put("name", "helper"))));
    assertThat(tools.custom(ME, undocumented.id()).map(CustomTool::function)).contains("helper");
  }

  @Test
  void whatIsWrongWithASourceIsToldWithItsLineAndWhatToWrite() {
    refused("invalid_tool_source", () -> create("def broken(x):\n    pass\n"))
        .satisfies(e -> assertThat(e.message()).contains(":3:7: it is broken; mend it"))
        .satisfies(e -> assertThat(e.details()).containsKey("problems"));
    refused("invalid_tool_source", () -> create("  "));
    refused("tool_source_too_large", () -> create("#".repeat(ToolSource.MAX_SOURCE + 1)));
    refused("invalid_tool_name", () -> create("def " + "x".repeat(49) + "(a):\n    pass\n"));
    refused(
        "unsupported_tool_source",
        () ->
            tools.create(
                ME,
                new ToolDraft(
                    "export function x() {}",
                    Optional.of("typescript"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    100,
                    List.of(),
                    false,
                    false,
                    Map.of())));
    assertThat(tools.count(ME)).isEqualTo(new BuiltIns().names().size() + 1L);
  }

  @Test
  void namesOfMnemeAndNamesInUseAreRefused() {
    for (String name : List.of("send_message", "memory_replace", "run_code", "calc", "agent_x")) {
      refused(
          "reserved_tool_name", "invalid_tool_source", () -> create("def " + name + "(a): pass"));
    }
    create("def roll(a): pass");
    refused("tool_name_in_use", () -> create("def roll(b): pass"));
  }

  @Test
  void anUpsertKeepsTheIdAndTakesTheNewSource() {
    StoredTool first = tools.upsert(ME, ToolDraft.of("def roll(a): pass"));
    StoredTool second = tools.upsert(ME, ToolDraft.of("def roll(a): return 1"));
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.createdAt()).isEqualTo(first.createdAt());
    assertThat(tools.get(ME, first.id()).sourceCode()).contains("def roll(a): return 1");
  }

  @Test
  void anUpdateChangesWhatItNamesAlone() {
    StoredTool made = create("def roll(a): pass");
    StoredTool tagged =
        tools.update(
            ME,
            made.id(),
            new ToolUpdate(
                Optional.empty(),
                Optional.empty(),
                Optional.of("Rolls dice."),
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of("fun")),
                Optional.of(7),
                Optional.empty(),
                Optional.of(true),
                Optional.empty(),
                Optional.empty()));
    assertThat(tagged.name()).isEqualTo("roll");
    assertThat(tagged.description()).isEqualTo("Rolls dice.");
    assertThat(tagged.schema().path("description").asText()).isEqualTo("Rolls dice.");
    assertThat(tagged.tags()).containsExactly("fun");
    assertThat(tagged.returnCharLimit()).isEqualTo(7);
    assertThat(tagged.requiresApproval()).isTrue();
    assertThat(tagged.sourceCode()).isEqualTo(made.sourceCode());
    refused("unknown_tool", () -> tools.update(ME, "tool-gone", ToolUpdate.of(ToolDraft.of("x"))));
  }

  @Test
  void aRemovedToolIsGoneAndThoseWhoHadItAreTold() {
    StoredTool made = create("def roll(a): pass");
    tools.delete(ME, made.id());
    assertThat(tools.find(ME, made.id())).isEmpty();
    assertThat(world.removed).containsExactly(made.id());
    String builtIn = tools.findByName(ME, "send_message").orElseThrow().id();
    refused("tool_not_yours", () -> tools.delete(ME, builtIn));
    refused("unknown_tool", () -> tools.delete(ME, made.id()));
  }

  @Test
  void builtInToolsAndThoseOfTheLibraryHaveIdsThatStay() {
    StoredTool send = tools.findByName(ME, "send_message").orElseThrow();
    assertThat(Ids.isId("tool", send.id())).isTrue();
    assertThat(send.type()).isEqualTo("letta_core");
    assertThat(new BuiltIns().find(ME, "send_message").orElseThrow().id()).isEqualTo(send.id());
    Owner other = new Owner("user-11111111-1111-4111-8111-111111111111");
    assertThat(new BuiltIns().find(other, "send_message").orElseThrow().id())
        .isNotEqualTo(send.id());
    StoredTool calc = tools.findByName(ME, "calc").orElseThrow();
    assertThat(tools.get(ME, calc.id())).isEqualTo(calc);
    assertThat(new BuiltIns().all(ME))
        .allSatisfy(tool -> {
          assertThat(tool.name().length()).isLessThanOrEqualTo(48);
          assertThat(tool.schema().at("/parameters/type").asText()).isEqualTo("object");
          tool.schema()
              .at("/parameters/required")
              .forEach(name ->
                  assertThat(tool.schema().at("/parameters/properties").has(name.asText()))
                      .as(tool.name() + "." + name.asText())
                      .isTrue());
        });
  }

  @Test
  void toolsAreListedFilteredAndPaged() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.add(create("def roll" + i + "(a): pass").id());
    }
    List<String> all = ids(ToolFilter.newest(1000));
    assertThat(all).hasSize((int) tools.count(ME)).containsAll(made).doesNotHaveDuplicates();
    List<String> met = new ArrayList<>();
    Optional<String> last = Optional.empty();
    while (true) {
      List<String> page = ids(page(last));
      if (page.isEmpty()) {
        break;
      }
      met.addAll(page);
      last = Optional.of(page.getLast());
    }
    assertThat(met).isEqualTo(all);
    assertThat(ids(filter(Set.of("roll3", "calc"), Set.of(), Set.of(), Optional.empty())))
        .hasSize(2);
    assertThat(ids(filter(Set.of(), Set.of("custom"), Set.of(), Optional.of("ROLL")))).hasSize(7);
    assertThat(ids(filter(Set.of(), Set.of(), Set.of("custom"), Optional.empty())))
        .hasSize(new BuiltIns().names().size());
  }

  @Test
  void aSearchFindsTheBestNameFirst() {
    create("def weather_report(a): pass");
    assertThat(tools.search(ME, "weather today", Set.of(), 5).getFirst().name())
        .isEqualTo("weather_report");
    assertThat(tools.search(ME, "archival memory", Set.of("letta_core"), 2))
        .extracting(StoredTool::name)
        .containsExactlyInAnyOrder("archival_memory_insert", "archival_memory_search");
    assertThat(tools.search(ME, "zebra", Set.of(), 5)).isEmpty();
  }

  @Test
  void namesAndIdsAreResolvedInTheirOrder() {
    StoredTool roll = create("def roll(a): pass");
    StoredTool calc = tools.findByName(ME, "calc").orElseThrow();
    assertThat(tools.resolve(ME, List.of("send_message", "roll"), List.of(calc.id(), roll.id())))
        .extracting(StoredTool::name)
        .containsExactly("send_message", "roll", "calc");
    refused("unknown_tool", () -> tools.resolve(ME, List.of("roll", "nothing"), List.of()))
        .satisfies(e -> assertThat(e.message()).contains("nothing"));
    refused("unknown_tool", () -> tools.resolve(ME, List.of(), List.of("tool-gone")));
    assertThat(tools.ofIds(ME, List.of("tool-gone", roll.id()))).hasSize(1);
  }

  private StoredTool create(String source) {
    return tools.create(ME, ToolDraft.of(source));
  }

  private static ToolDraft draft(String source, Optional<ObjectNode> schema) {
    return new ToolDraft(
        source,
        Optional.empty(),
        Optional.empty(),
        schema,
        Optional.empty(),
        List.of(),
        100,
        List.of(),
        false,
        false,
        Map.of());
  }

  private static ThrowableAssertAlternative<MnemeException> refused(
      String code, ThrowingCallable call) {
    return assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(call)
        .returns(code, MnemeException::code);
  }

  private static void refused(String code, String orCode, ThrowingCallable call) {
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isIn(code, orCode));
  }

  private List<String> ids(ToolFilter filter) {
    return tools.list(ME, filter).stream().map(StoredTool::id).toList();
  }

  private static ToolFilter filter(
      Set<String> names, Set<String> types, Set<String> without, Optional<String> text) {
    return new ToolFilter(
        names,
        Set.of(),
        text,
        types,
        without,
        false,
        Optional.empty(),
        Optional.empty(),
        true,
        100);
  }

  private static ToolFilter page(Optional<String> before) {
    return new ToolFilter(
        Set.of(),
        Set.of(),
        Optional.empty(),
        Set.of(),
        Set.of(),
        false,
        before,
        Optional.empty(),
        false,
        5);
  }
}
