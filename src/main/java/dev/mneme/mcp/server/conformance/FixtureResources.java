package dev.mneme.mcp.server.conformance;

import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.McpResource;
import dev.mneme.mcp.server.catalog.McpResourceTemplate;
import dev.mneme.mcp.server.catalog.ResourceListener;
import dev.mneme.mcp.server.catalog.ResourceSource;
import dev.mneme.mcp.server.catalog.ResourceText;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The resources of the suite beside others. */
final class FixtureResources implements ResourceSource {
  private static final String TEXT = "test://static-text";
  private static final String BINARY = "test://static-binary";
  private static final String WATCHED = "test://watched-resource";
  private static final Pattern TEMPLATE = Pattern.compile("test://template/([^/]{1,100})/data");

  private final Fixture fixture;
  private final ResourceSource others;

  FixtureResources(Fixture fixture, ResourceSource others) {
    this.fixture = fixture;
    this.others = others;
  }

  @Override
  public List<McpResource> list(Owner owner) {
    Stream<McpResource> own =
        Stream.of(
            new McpResource(TEXT, "static-text", "Text", "A text.", "text/plain"),
            new McpResource(BINARY, "static-binary", "Picture", "A picture.", "image/png"),
            new McpResource(WATCHED, "watched-resource", "Watched", "A text.", "text/plain"));
    return Stream.concat(others.list(owner).stream(), own)
        .sorted(Comparator.comparing(McpResource::uri))
        .toList();
  }

  @Override
  public List<McpResourceTemplate> templates() {
    McpResourceTemplate own =
        new McpResourceTemplate(
            "test://template/{id}/data", "template", "Data", "Data of an id.", "application/json");
    return Stream.concat(others.templates().stream(), Stream.of(own)).toList();
  }

  @Override
  public ResourceText read(Owner owner, String uri) {
    Matcher template = TEMPLATE.matcher(uri);
    if (template.matches()) {
      String id = template.group(1).replaceAll("[\"\\\\]", "");
      return new ResourceText(
          uri, "application/json", "{\"id\":\"" + id + "\",\"templateTest\":true}");
    }
    return switch (uri) {
      case TEXT ->
          new ResourceText(uri, "text/plain", "This is the content of the static text resource.");
      case WATCHED -> new ResourceText(uri, "text/plain", "This is a watched resource.");
      case BINARY -> new ResourceText(uri, "image/png", fixture.text("png"), true);
      default -> others.read(owner, uri);
    };
  }

  @Override
  public AutoCloseable onChange(ResourceListener listener) {
    return others.onChange(listener);
  }
}
