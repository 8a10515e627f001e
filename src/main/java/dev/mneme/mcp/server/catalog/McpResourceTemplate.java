package dev.mneme.mcp.server.catalog;

/**
 * A family of resources.
 *
 * @param uriTemplate after RFC 6570
 */
public record McpResourceTemplate(
    String uriTemplate, String name, String title, String description, String mimeType) {}
