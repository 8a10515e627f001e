package dev.mneme.cli.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.MnemeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlEditTest {
  private static final TomlEdit EDIT =
      new TomlEdit(
          Shape.CODEX, new Entry("mneme", "/opt/\"q\"/mneme", List.of("mcp", "--agent", "a")));

  @Test
  void appendsATableAndKeepsTheRest() {
    String before =
        """
        model = "x" # mine

        [mcp_servers.other]
        command = "y"
        """;

    assertThat(EDIT.apply(before))
        .isEqualTo(
            before
                + """

                [mcp_servers.mneme]
                command = "/opt/\\"q\\"/mneme"
                args = ["mcp", "--agent", "a"]
                """);
  }

  @Test
  void changesOnlyTheLinesOfItsOwnTableThatDiffer() {
    String before =
        """
        [mcp_servers.mneme]
        # slow disk
        command = "/old"
        args = []
        startup_timeout_sec = 20
        [mcp_servers.other]
        command = "y"
        """;

    String after = EDIT.apply(before);

    assertThat(after)
        .contains("# slow disk", "startup_timeout_sec = 20", "command = \"y\"")
        .doesNotContain("/old");
    assertThat(EDIT.apply(after)).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mcp_servers = { other = { command = \"y\" } }",
        "mcp_servers = 3",
        "[mcp_servers]\nmneme = { command = \"/old\" }",
        "[mcp_servers.mneme]\nargs = [\n  \"a\",\n]\ncommand = \"/old\"\n",
        "= nonsense"
      })
  void leavesAloneWhatItDoesNotUnderstand(String before) {
    assertThatThrownBy(() -> EDIT.apply(before))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("cannot_edit"));
  }
}
