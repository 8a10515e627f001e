package dev.mneme.mcp.server.methods;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.RpcException;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.McpResource;
import dev.mneme.mcp.server.catalog.McpResourceTemplate;
import dev.mneme.mcp.server.catalog.ResourceText;
import java.util.List;
import java.util.Optional;

/** The methods around resources. Thread-safe. */
public final class ResourceMethods {
  private static final int PAGE = 200;
  private static final int MAX_URI = 2_000;

  private final Catalog catalog;

  public ResourceMethods(Catalog catalog) {
    this.catalog = catalog;
  }

  public ObjectNode list(Owner owner, ObjectNode params) {
    // The cursor is the last address of the page before, so pages stay right while blocks come.
    String after = params.hasNonNull("cursor") ? Params.text(params, "cursor") : "";
    List<McpResource> page =
        catalog.resources().list(owner).stream()
            .filter(resource -> resource.uri().compareTo(after) > 0)
            .limit(PAGE + 1L)
            .toList();
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode resources = result.putArray("resources");
    for (McpResource resource : page.subList(0, Math.min(PAGE, page.size()))) {
      resources
          .addObject()
          .put("uri", resource.uri())
          .put("name", resource.name())
          .put("title", resource.title())
          .put("description", resource.description())
          .put("mimeType", resource.mimeType());
    }
    if (page.size() > PAGE) {
      result.put("nextCursor", page.get(PAGE - 1).uri());
    }
    return result;
  }

  public ObjectNode templates(ObjectNode params) {
    Params.refuseCursor(params);
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode templates = result.putArray("resourceTemplates");
    for (McpResourceTemplate template : catalog.resources().templates()) {
      templates
          .addObject()
          .put("uriTemplate", template.uriTemplate())
          .put("name", template.name())
          .put("title", template.title())
          .put("description", template.description())
          .put("mimeType", template.mimeType());
    }
    return result;
  }

  public ObjectNode read(Owner owner, ObjectNode params) {
    ResourceText text = find(owner, params);
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result
        .putArray("contents")
        .addObject()
        .put("uri", text.uri())
        .put("mimeType", text.mimeType())
        .put(text.isBase64() ? "blob" : "text", text.text());
    return result;
  }

  /** The resource the params name. */
  public ResourceText find(Owner owner, ObjectNode params) {
    String uri = uri(params);
    try {
      return catalog.resources().read(owner, uri);
    } catch (MnemeException e) {
      if (e.kind() != ErrorKind.NOT_FOUND) {
        throw e;
      }
      ObjectNode data = JsonNodeFactory.instance.objectNode().put("uri", uri);
      throw new RpcException(
          new RpcError(RpcError.RESOURCE_NOT_FOUND, e.message(), Optional.of(data)));
    }
  }

  /** The address the params name, of a bounded length. */
  public static String uri(ObjectNode params) {
    String uri = Params.text(params, "uri");
    if (uri.length() > MAX_URI) {
      throw Params.invalid("A uri has at most " + MAX_URI + " characters.");
    }
    return uri;
  }
}
