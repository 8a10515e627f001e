package dev.mneme.mcp.server.catalog;

/**
 * The present content of a resource.
 *
 * @param text the content, or its base64 where it is no text
 */
public record ResourceText(String uri, String mimeType, String text, boolean isBase64) {
  public ResourceText(String uri, String mimeType, String text) {
    this(uri, mimeType, text, false);
  }
}
