package dev.mneme.mcp.server.tools;

import dev.mneme.mcp.server.catalog.Icon;
import java.util.List;

/** One small drawing for each family of tools. */
final class Icons {
  /** A bookmark. */
  static final List<Icon> MEMORY = List.of(Icon.ofPath("M6 3h12v18l-6-5-6 5z"));

  /** A clock turned back. */
  static final List<Icon> JOURNAL =
      List.of(Icon.ofPath("M4 4v5h5M4.5 9a8 8 0 1 1-.4 5M12 8v5l3 2"));

  /** A box. */
  static final List<Icon> ARCHIVE = List.of(Icon.ofPath("M3 4h18v5H3zM5 9v11h14V9M10 13h4"));

  /** A person. */
  static final List<Icon> AGENT =
      List.of(Icon.ofPath("M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21c0-5 4-7 8-7s8 2 8 7"));

  /** A wrench. */
  static final List<Icon> TOOL =
      List.of(Icon.ofPath("M14 6a4 4 0 0 1 5 5l-9 9-4-4 9-9M14 6l3-3M5 15l4 4"));

  /** A speech bubble. */
  static final List<Icon> TALK = List.of(Icon.ofPath("M4 4h16v12H10l-6 5zM8 9h8M8 12h5"));

  private Icons() {}
}
