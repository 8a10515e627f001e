package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentDraft;
import dev.mneme.agent.TestingMemory;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.tool.Caller;
import dev.mneme.tool.LibraryRegistry;
import dev.mneme.tool.SchemaReading;
import dev.mneme.tool.Setup;
import dev.mneme.tool.ToolCheck;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolSchema;
import dev.mneme.tool.ToolService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptToolsTest {
  private final ScriptTools tools = new ScriptTools();
  private final List<String> called = new ArrayList<>();
  private LibraryRegistry registry;
  private TestingMemory memory;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    Path library = Files.createDirectory(folder.resolve("tools"));
    Files.writeString(library.resolve("reads.py"), "def reads(): ...\n");
    Files.writeString(
        library.resolve("sends.py"),
        "# /// script\n# [tool.mneme]\n# read-only = false\n# ///\ndef sends(): ...\n");
    registry =
        LibraryRegistry.open(
            library,
            folder.resolve("schemas"),
            (file, source) -> schema(file.replace(".py", "")),
            ToolLimits.DEFAULT,
            Duration.ofMillis(50));
    Awaitility.await().until(() -> registry.catalog().tools().size() == 2);
    memory = new TestingMemory(folder);
    tools.connect(new Recording(), registry);
  }

  @AfterEach
  void close() {
    registry.close();
    memory.close();
  }

  @Test
  void aClientsScriptCallsWhatOnlyReads() {
    tools.forAgents((caller, name) -> {});
    call(Caller.of(Owner.DEFAULT), "reads");
    refused(Caller.of(Owner.DEFAULT), "sends", "approval_required");
    assertThat(called).containsExactly("reads");
  }

  @Test
  void anAgentsScriptCallsOnlyWhatTheAgentMay() {
    Agent agent = memory.agents.create(Owner.DEFAULT, AgentDraft.named("Ada"), TestingMemory.USER);
    tools.forAgents((caller, name) -> {
      if (!name.equals("sends")) {
        throw MnemeException.denied("unknown_tool", "The agent has no tool of that name.");
      }
    });
    Caller caller = Caller.agent(Owner.DEFAULT, agent.id(), Optional.empty());
    call(caller, "sends");
    refused(caller, "reads", "unknown_tool");
    assertThat(called).containsExactly("sends");
  }

  @Test
  void nothingIsCalledBeforeTheServerIsComplete() {
    refused(Caller.of(Owner.DEFAULT), "reads", "tools_not_ready");
  }

  private void call(Caller caller, String name) {
    tools.call(caller, name, Json.mapper().createObjectNode());
  }

  private void refused(Caller caller, String name, String code) {
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> call(caller, name))
        .returns(code, MnemeException::code);
  }

  private static SchemaReading schema(String function) {
    ObjectNode input = Json.mapper().createObjectNode().put("type", "object");
    input.putObject("properties");
    return new SchemaReading.Found(
        new ToolSchema(function, "Does it.", input, Optional.empty(), false));
  }

  /** Notes which tools were called. */
  private final class Recording implements ToolService {
    @Override
    public ToolOutcome call(
        Caller caller, String name, ObjectNode arguments, ToolListener listener) {
      called.add(name);
      return new ToolOutcome.Success(Json.parse("1"), "", "");
    }

    @Override
    public ToolOutcome runPython(Caller caller, String code, Setup setup, ToolListener listener) {
      throw new AssertionError("no script calls a script");
    }

    @Override
    public ToolCheck check(String fileName, String source) {
      throw new AssertionError("nothing is checked");
    }
  }
}
