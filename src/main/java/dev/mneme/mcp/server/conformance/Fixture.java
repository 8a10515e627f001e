package dev.mneme.mcp.server.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.ClientRequest;
import dev.mneme.mcp.server.catalog.JoinedTools;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The fixture of the conformance suite; its schemas, forms and samples are a resource file. */
public final class Fixture {
  private static final String FILE = "/dev/mneme/mcp/conformance.json";

  private final ObjectNode data;

  private Fixture(ObjectNode data) {
    this.data = data;
  }

  /**
   * A catalog with the fixture in it.
   *
   * @param python the part of it that is written in Python
   */
  public static Catalog besides(Catalog catalog, ToolSource python) {
    Fixture fixture = new Fixture(read());
    ToolChanges changes = new ToolChanges();
    List<McpTool> tools =
        Stream.of(
                new SchemaTools(fixture).tools(),
                new ClientTools(fixture).tools(),
                new RoundTools(fixture).tools(),
                new TaskTools(fixture).tools(),
                List.of(changes.trigger()))
            .flatMap(List::stream)
            .toList();
    return catalog.with(
        tools,
        library -> changes.besides(new JoinedTools(library, python)),
        resources -> new FixtureResources(fixture, resources),
        new FixturePrompts(fixture).prompts());
  }

  ObjectNode object(String name) {
    return (ObjectNode) data.required(name);
  }

  String text(String name) {
    return data.required(name).asText();
  }

  ClientRequest elicit(String form) {
    return new ClientRequest(ClientRequest.ELICIT, object(form));
  }

  ClientRequest sample(String params) {
    return new ClientRequest(ClientRequest.SAMPLE, object(params));
  }

  ClientRequest roots() {
    return new ClientRequest(ClientRequest.ROOTS, object("roots"));
  }

  private static ObjectNode read() {
    try (InputStream in = Objects.requireNonNull(Fixture.class.getResourceAsStream(FILE))) {
      return (ObjectNode) Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw MnemeException.internal("fixture", "The conformance fixture could not be read.", e);
    }
  }
}
