package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.AgentCatalogs;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.Icon;
import dev.mneme.mcp.server.catalog.McpPrompt;
import dev.mneme.mcp.server.catalog.McpResource;
import dev.mneme.mcp.server.catalog.McpResourceTemplate;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ResourceChange;
import dev.mneme.mcp.server.catalog.ResourceListener;
import dev.mneme.mcp.server.catalog.ResourceSource;
import dev.mneme.mcp.server.catalog.ResourceText;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolHandler;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.mcp.server.catalog.ToolSource;
import dev.mneme.tool.Form;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A small catalog whose tools show what reached them. */
public final class TestingCatalog implements ResourceSource, ToolSource {
  private static final ObjectNode ANY =
      (ObjectNode) Json.parse("{\"type\":\"object\",\"properties\":{}}");

  public final AtomicInteger calls = new AtomicInteger();
  final Semaphore waiting = new Semaphore(0);
  final Semaphore interrupted = new Semaphore(0);
  final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
  private final List<Runnable> toolListeners = new CopyOnWriteArrayList<>();
  private final List<ResourceListener> listeners = new CopyOnWriteArrayList<>();
  private volatile List<McpTool> dynamic = List.of();
  private volatile String note = "first";

  public Catalog catalog() {
    List<McpTool> fixed =
        List.of(
            tool("echo", (context, arguments) -> ToolReply.of(arguments.deepCopy())),
            tool(
                "wait",
                (context, arguments) -> {
                  waiting.release();
                  return block();
                }),
            tool(
                "report",
                (context, arguments) -> {
                  context.progress(1, 2, "half");
                  context.log("debug", "quiet");
                  context.log("warning", "loud");
                  return ToolReply.of(
                      JsonNodeFactory.instance
                          .objectNode()
                          .put("client", context.client().name())
                          .put("agent", context.agent().orElse("none")));
                }),
            tool(
                "ask",
                (context, arguments) -> {
                  String choices = "{\"type\": \"string\", \"enum\": [\"a\", \"b\"]}";
                  String reply = String.valueOf(context.ask(question("Which?", choices)));
                  replies.add(reply);
                  return ToolReply.of(JsonNodeFactory.instance.objectNode().put("reply", reply));
                }),
            tool(
                "last",
                (context, arguments) -> {
                  boolean task =
                      arguments.has("id")
                          ? context.last(arguments.path("id").asText())
                          : context.last();
                  context.progress(1, 0, "well under way");
                  waiting.release();
                  if (arguments.has("block")) {
                    return block();
                  }
                  String reply =
                      String.valueOf(context.ask(question("Go on?", "{\"type\": \"boolean\"}")));
                  return ToolReply.of(
                      JsonNodeFactory.instance.objectNode().put("task", task).put("reply", reply));
                }),
            tool(
                "fail",
                (context, arguments) -> {
                  throw MnemeException.conflict("overlap", "Read it again, then retry.")
                      .withDetails(Map.of("diff", "-a\n+b"));
                }),
            tool(
                "defect",
                (context, arguments) -> {
                  throw new IllegalStateException("secret detail");
                }));
    return new Catalog(
        fixed,
        this,
        this,
        List.of(prompt()),
        (o, name, typed, others) -> List.of(typed + "-1", typed + "-2"));
  }

  /** The same, and for each agent the same again. */
  Catalog withAgents() {
    Catalog all = catalog();
    return all.with(
        new AgentCatalogs() {
          @Override
          public Optional<String> find(Owner owner, String agent) {
            return Optional.of("id-of-" + agent);
          }

          @Override
          public String named(Owner owner, String agent) {
            return "id-of-" + agent;
          }

          @Override
          public Catalog of(Owner owner, String agentId) {
            return all;
          }
        });
  }

  private ToolReply block() {
    try {
      boolean done = new CountDownLatch(1).await(60, TimeUnit.SECONDS);
      return ToolReply.error("waited in vain: " + done);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      interrupted.release();
      return ToolReply.error("interrupted");
    }
  }

  private McpTool tool(String name, ToolHandler handler) {
    return new McpTool(
        name,
        "Title of " + name,
        "Does " + name,
        ANY,
        Optional.empty(),
        ToolAnnotations.READ,
        List.of(Icon.ofPath("M4 4h16")),
        (context, arguments) -> {
          calls.incrementAndGet();
          return handler.call(context, arguments);
        });
  }

  private static McpPrompt prompt() {
    return new McpPrompt(
        "greet",
        "Greet",
        "Says hello",
        List.of(new McpPrompt.Argument("who", "Who", "A name", true)),
        arguments -> "Hello " + arguments.get("who"));
  }

  void add(String name) {
    dynamic = List.of(tool(name, (context, arguments) -> ToolReply.of(ANY.deepCopy())));
    toolListeners.forEach(Runnable::run);
  }

  void change(String text) {
    note = text;
    ResourceChange change =
        new ResourceChange(Owner.DEFAULT, Set.of("memory://agents/a/blocks/note"), false);
    listeners.forEach(listener -> listener.changed(change));
  }

  @Override
  public List<McpTool> tools() {
    return dynamic;
  }

  @Override
  public AutoCloseable onChange(Runnable listener) {
    toolListeners.add(listener);
    return () -> toolListeners.remove(listener);
  }

  @Override
  public List<McpResource> list(Owner owner) {
    return List.of(
        new McpResource(
            "memory://agents/a/blocks/note", "note", "Note", "A note", "text/markdown"));
  }

  @Override
  public List<McpResourceTemplate> templates() {
    return List.of(
        new McpResourceTemplate(
            "memory://agents/{agent}/blocks/{label}",
            "block",
            "Block",
            "A block",
            "text/markdown"));
  }

  @Override
  public ResourceText read(Owner owner, String uri) {
    if (!uri.equals("memory://agents/a/blocks/note")) {
      throw MnemeException.notFound("unknown_block", "There is no such block; list them.");
    }
    return new ResourceText(uri, "text/markdown", note);
  }

  @Override
  public AutoCloseable onChange(ResourceListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** A question with one field. */
  static Form question(String text, String field) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.putObject("properties").set("answer", Json.parse(field));
    schema.putArray("required").add("answer");
    return new Form("Code", text, schema);
  }
}
