package dev.mneme.mcp.server.catalog;

/** A resource in a list. */
public record McpResource(
    String uri, String name, String title, String description, String mimeType) {}
