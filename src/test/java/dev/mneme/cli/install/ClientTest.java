package dev.mneme.cli.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientTest {
  private static final Entry EXAMPLE = new Entry("mneme", "/path/to/mneme", List.of("mcp"));

  @ParameterizedTest
  @MethodSource("all")
  void theReadyMadeExampleIsWhatInstallWrites(Client client) {
    String suffix = client.id().equals("codex") ? ".toml" : ".json";
    Path example = Path.of("mcp-config/clients", client.id() + suffix);

    assertThat(example).content().isEqualTo(client.edit(EXAMPLE).alone());
  }

  static List<Client> all() {
    return Client.all();
  }

  @Test
  void knowsWhereClientsKeepTheirSettings() {
    Places linux = new Places(Path.of("/home/u"), false, Map.of());
    Places mac = new Places(Path.of("/Users/u"), true, Map.of());
    Places moved =
        new Places(Path.of("/h"), false, Map.of("XDG_CONFIG_HOME", "/c", "CODEX_HOME", "/x"));

    assertThat(files(linux))
        .containsExactly(
            "/home/u/.claude.json",
            "/home/u/.config/Claude/claude_desktop_config.json",
            "/home/u/.codex/config.toml",
            "/home/u/.copilot/mcp-config.json",
            "/home/u/.cursor/mcp.json",
            "/home/u/.config/Code/User/mcp.json",
            "/home/u/.codeium/windsurf/mcp_config.json",
            "/home/u/.config/zed/settings.json");
    assertThat(files(mac))
        .contains(
            "/Users/u/Library/Application Support/Claude/claude_desktop_config.json",
            "/Users/u/Library/Application Support/Code/User/mcp.json");
    assertThat(files(moved)).contains("/c/Code/User/mcp.json", "/x/config.toml");
  }

  @Test
  void namesTheClientsThereAre() {
    assertThatThrownBy(() -> Client.of("emacs")).hasMessageContaining("claude-code, ");
  }

  private static List<String> files(Places places) {
    return Client.all().stream()
        .filter(client -> !client.equals(Client.JSON))
        .map(client -> client.userFile(places).toString())
        .toList();
  }
}
