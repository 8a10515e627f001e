package dev.mneme.mcp.server.resources;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.McpResource;
import dev.mneme.mcp.server.catalog.McpResourceTemplate;
import dev.mneme.mcp.server.catalog.ResourceListener;
import dev.mneme.mcp.server.catalog.ResourceSource;
import dev.mneme.mcp.server.catalog.ResourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Beside other resources, the page that clients show for a tool: it loads nothing, and does what it
 * does by calls of tools through its client. Thread-safe.
 */
public final class AppResources implements ResourceSource {
  /** The page that shows an agent's memory. */
  public static final String MEMORY = "ui://mneme/memory";

  private static final String TYPE = "text/html;profile=mcp-app";
  private static final String FILE = "/dev/mneme/mcp/memory-app.html";

  private final ResourceSource others;

  public AppResources(ResourceSource others) {
    this.others = others;
  }

  @Override
  public List<McpResource> list(Owner owner) {
    List<McpResource> all = new ArrayList<>(others.list(owner));
    // Behind the others: "ui:" comes after "memory:", and lists are in the order of addresses.
    all.add(
        new McpResource(
            MEMORY, "memory_app", "Memory", "Shows and edits an agent's memory.", TYPE));
    return all;
  }

  @Override
  public List<McpResourceTemplate> templates() {
    return others.templates();
  }

  @Override
  public ResourceText read(Owner owner, String uri) {
    return uri.equals(MEMORY) ? new ResourceText(MEMORY, TYPE, page()) : others.read(owner, uri);
  }

  @Override
  public AutoCloseable onChange(ResourceListener listener) {
    return others.onChange(listener);
  }

  private static String page() {
    try (InputStream in = Objects.requireNonNull(AppResources.class.getResourceAsStream(FILE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw MnemeException.internal("app_page", "The page could not be read.", e);
    }
  }
}
