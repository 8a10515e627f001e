package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mneme.agent.TestingMemory;
import dev.mneme.common.Json;
import dev.mneme.mcp.server.FrontLimits;
import dev.mneme.mcp.server.TestingMcp;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.resources.AppResources;
import dev.mneme.mcp.server.resources.BlockResources;
import dev.mneme.mcp.server.resources.BlockWatch;
import dev.mneme.mcp.server.resources.MemoryCompleter;
import dev.mneme.mcp.server.resources.MemoryResources;
import dev.mneme.mcp.server.resources.Prompts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The whole face over a real memory, reached by HTTP; checks each reply against its schema. */
public final class TestingFace implements AutoCloseable {
  final TestingMemory memory;
  public final TestingMcp mcp;
  private final BlockWatch watch;
  private final boolean ownsMemory;
  private final List<McpTool> tools;
  private final AtomicInteger ids = new AtomicInteger();
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  public TestingFace(Path folder) {
    this(new TestingMemory(folder), true, List.of());
  }

  /** A face over the memory of something else, with more tools. */
  TestingFace(TestingMemory memory, List<McpTool> more) {
    this(memory, false, more);
  }

  private TestingFace(TestingMemory memory, boolean ownsMemory, List<McpTool> more) {
    this.memory = memory;
    this.ownsMemory = ownsMemory;
    TestingTools python = new TestingTools();
    Services services =
        new Services(
            memory.agents,
            memory.agents,
            memory.blocks,
            memory.archives,
            memory.journal,
            memory.history,
            memory.redaction,
            python,
            python);
    watch = new BlockWatch(memory.agents, memory.blocks, memory.archives);
    memory.journal.addListener(watch);
    tools = Stream.concat(McpTools.fixed(services).stream(), more.stream()).toList();
    Catalog catalog =
        new Catalog(
            tools,
            McpTools.library(services),
            new AppResources(
                new MemoryResources(
                    new BlockResources(memory.agents, memory.agents, memory.blocks, watch),
                    memory.agents,
                    memory.archives,
                    memory.history)),
            Prompts.all(),
            new MemoryCompleter(memory.agents, memory.blocks, memory.archives));
    mcp = new TestingMcp(catalog, FrontLimits.DEFAULT);
  }

  public String session() throws IOException, InterruptedException {
    return mcp.session();
  }

  /** The structured answer of a call that must succeed. */
  public JsonNode call(String session, String tool, String arguments)
      throws IOException, InterruptedException {
    JsonNode result = result(session, tool, arguments);
    if (result.path("isError").asBoolean()) {
      throw new AssertionError(result.at("/content/0/text").asText());
    }
    JsonNode structured = result.path("structuredContent");
    McpTool known =
        tools.stream().filter(each -> each.name().equals(tool)).findFirst().orElseThrow();
    var errors = schemas.getSchema(known.outputSchema().orElseThrow()).validate(structured);
    if (!errors.isEmpty()) {
      throw new AssertionError(tool + " answered " + structured + ": " + errors);
    }
    return structured;
  }

  /** The text of a call that must fail as a tool. */
  String failure(String session, String tool, String arguments)
      throws IOException, InterruptedException {
    JsonNode result = result(session, tool, arguments);
    if (!result.path("isError").asBoolean()) {
      throw new AssertionError("no error but " + result);
    }
    return result.at("/content/0/text").asText();
  }

  public JsonNode request(String session, String method, String params)
      throws IOException, InterruptedException {
    return mcp.call(
        session,
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + ids.incrementAndGet()
            + ",\"method\":\""
            + method
            + "\",\"params\":"
            + params
            + "}");
  }

  List<McpTool> tools() {
    return tools;
  }

  static String json(Map<String, ?> values) {
    return Json.write(values);
  }

  private JsonNode result(String session, String tool, String arguments)
      throws IOException, InterruptedException {
    JsonNode answer =
        request(
            session, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
    if (!answer.has("result")) {
      throw new AssertionError(answer.toString());
    }
    return answer.path("result");
  }

  /** Everything that is remembered, to see that nothing changed. */
  List<JsonNode> everything(String session) throws IOException, InterruptedException {
    JsonNode view = call(session, "memory_view", "{}");
    return List.of(
        view,
        call(session, "agent_list", "{}"),
        call(session, "archival_search", "{\"query\":\"\",\"top_k\":100}"),
        call(session, "memory_history", "{\"limit\":100}"));
  }

  @Override
  public void close() {
    mcp.close();
    watch.close();
    if (ownsMemory) {
      memory.close();
    }
  }
}
