package dev.mneme.mcp.server.catalog;

/** The present content of a resource. */
public record ResourceText(String uri, String mimeType, String text) {}
