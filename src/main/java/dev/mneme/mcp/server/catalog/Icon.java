package dev.mneme.mcp.server.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A picture for lists; nothing is ever fetched for it.
 *
 * @param src a {@code data:} address
 * @param mimeType of the picture
 */
public record Icon(String src, String mimeType) {
  /** An SVG drawn with the given path on a 24 by 24 grid. */
  public static Icon ofPath(String path) {
    String svg =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='#7a5cff'"
            + " stroke-width='2'><path d='"
            + path
            + "'/></svg>";
    String encoded = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    return new Icon("data:image/svg+xml;base64," + encoded, "image/svg+xml");
  }
}
