package dev.mneme.mcp.server.catalog;

import dev.mneme.common.Texts;

/** What a client said of itself; not to be trusted. */
public record ClientInfo(String name, String version) {
  private static final int MAX = 100;

  public ClientInfo {
    name = cut(name);
    version = cut(version);
  }

  private static String cut(String text) {
    return Texts.head(text, MAX);
  }
}
