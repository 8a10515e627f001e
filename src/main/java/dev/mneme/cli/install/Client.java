package dev.mneme.cli.install;

import dev.mneme.common.MnemeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An assistant that can be connected. Immutable. */
public final class Client {
  /** Prints only. */
  public static final Client JSON =
      new Client("json", Shape.STANDARD, places -> places.home(""), "", "");

  private static final List<Client> ALL =
      List.of(
          new Client(
              "claude-code",
              Shape.CLAUDE_CODE,
              places -> places.home(".claude.json"),
              ".mcp.json",
              "Restart Claude Code, then /mcp shows the server."),
          new Client(
              "claude-desktop",
              Shape.STANDARD,
              places -> places.application("Claude").resolve("claude_desktop_config.json"),
              "",
              "Quit Claude Desktop wholly and start it again."),
          new Client(
              "codex",
              Shape.CODEX,
              places -> places.variable("CODEX_HOME", ".codex").resolve("config.toml"),
              "",
              "Start a new Codex session, then /mcp shows the server."),
          new Client(
              "copilot-cli",
              Shape.COPILOT,
              places -> places.variable("COPILOT_HOME", ".copilot").resolve("mcp-config.json"),
              "",
              "Start Copilot again, then /mcp show lists the server."),
          new Client(
              "cursor",
              Shape.STANDARD,
              places -> places.home(".cursor/mcp.json"),
              ".cursor/mcp.json",
              "Cursor reads it by itself; Settings > MCP shows the server."),
          new Client(
              "vscode",
              Shape.VSCODE,
              places -> places.application("Code").resolve("User/mcp.json"),
              ".vscode/mcp.json",
              "In VS Code: 'MCP: List Servers', then start it."),
          new Client(
              "windsurf",
              Shape.STANDARD,
              places -> places.home(".codeium/windsurf/mcp_config.json"),
              "",
              "In Windsurf: refresh the list of MCP servers."),
          new Client(
              "zed",
              Shape.ZED,
              places -> places.home(".config/zed/settings.json"),
              ".zed/settings.json",
              "Zed reads it by itself; the agent panel's settings show the server."),
          JSON);

  private final String id;
  private final Shape shape;
  private final Function<Places, Path> userFile;
  private final String projectFile;
  private final String next;

  Client(String id, Shape shape, Function<Places, Path> userFile, String projectFile, String next) {
    this.id = id;
    this.shape = shape;
    this.userFile = userFile;
    this.projectFile = projectFile;
    this.next = next;
  }

  /**
   * @throws MnemeException naming the clients there are
   */
  public static Client of(String id) {
    return ALL.stream()
        .filter(client -> client.id.equals(id))
        .findFirst()
        .orElseThrow(() ->
            MnemeException.invalid(
                "unknown_client", "There is no client '" + id + "'. Known: " + known() + "."));
  }

  static List<Client> all() {
    return ALL;
  }

  private static String known() {
    return ALL.stream().map(Client::id).collect(Collectors.joining(", "));
  }

  public String id() {
    return id;
  }

  /** What the user has to do for the client to notice. */
  public String next() {
    return next;
  }

  /** The user's own configuration file. */
  public Path userFile(Places places) {
    return userFile.apply(places);
  }

  /** The configuration file of the project in that folder, where the client has such. */
  public Optional<Path> projectFile(Path folder) {
    return projectFile.isEmpty() ? Optional.empty() : Optional.of(folder.resolve(projectFile));
  }

  /** How the entry gets into the file. */
  public FileEdit edit(Entry entry) {
    return shape.section().equals("mcp_servers")
        ? new TomlEdit(shape, entry)
        : new JsonEdit(shape, entry);
  }
}
