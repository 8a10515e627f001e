package dev.mneme.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeaderReaderTest {
  private final List<ToolProblem> problems = new ArrayList<>();

  @Test
  void everyKeyIsRead() {
    ToolHeader header =
        read(
            """
            \"""A tool.\"""
            # /// script
            # requires-python = ">=3.11"
            # dependencies = ["httpx>=0.27"]
            #
            # [tool.mneme]
            # sandbox = "docker"
            # timeout = "1500ms"
            # network = ["api.example.com"]
            # secrets = ["EXAMPLE_KEY"]
            # title = "Example"
            # files = true
            # read-only = false
            # destructive = true
            # idempotent = true
            # open-world = false
            # ///
            def f(): ...
            """);

    assertThat(problems).isEmpty();
    assertThat(header.requiresPython()).contains(">=3.11");
    assertThat(header.dependencies()).containsExactly("httpx>=0.27");
    assertThat(header.sandbox()).contains("docker");
    assertThat(header.timeout()).contains(Duration.ofMillis(1500));
    assertThat(header.network()).containsExactly("api.example.com");
    assertThat(header.secrets()).containsExactly("EXAMPLE_KEY");
    assertThat(header.title()).contains("Example");
    assertThat(header.files()).isTrue();
    assertThat(header.hints()).isEqualTo(new ToolHints(false, true, true, false));
  }

  @Test
  void aFileWithoutABlockAsksForNothing() {
    assertThat(read("def f(): ...")).isEqualTo(ToolHeader.NONE);
    assertThat(problems).isEmpty();
  }

  @Test
  void aToolThatAsksForTheNetworkIsOpenWorld() {
    ToolHeader header = read(block("[tool.mneme]", "network = [\"a.example\"]"));
    assertThat(header.hints().openWorld()).isTrue();
  }

  @Test
  void aToolThatReachesOutIsNotTakenForOneThatOnlyReads() {
    assertThat(read(block("[tool.mneme]", "network = [\"a.example\"]")).hints().readOnly())
        .isFalse();
    assertThat(read(block("[tool.mneme]", "memory = \"write\"")).hints().readOnly()).isFalse();
    assertThat(read(block("[tool.mneme]", "memory = \"read\"")).hints().readOnly()).isTrue();
  }

  @Test
  void unknownKeysAreNamedWithTheirLine() {
    read(block("requires-pyton = \">=3.11\"", "timeout = \"1s\"", "[tool.mneme]", "retries = 3"));

    assertThat(texts())
        .containsExactly(
            "t.py:2: unknown key `requires-pyton`; use requires-python, dependencies and"
                + " [tool.mneme]",
            "t.py:3: unknown key `timeout`; write it below a line `[tool.mneme]`",
            "t.py:5: unknown key `retries` in [tool.mneme]; use one of sandbox, timeout, network,"
                + " secrets, memory, title, files, read-only, destructive, idempotent, open-world");
  }

  @Test
  void wrongValuesAreNamedWithTheirLineAndAFix() {
    read(
        block(
            "dependencies = \"httpx\"",
            "[tool.mneme]",
            "sandbox = \"jail\"",
            "timeout = \"soon\"",
            "secrets = [\"A-B\"]",
            "network = [\"https://a.example\"]",
            "memory = \"all\"",
            "title = 5",
            "read-only = \"yes\""));

    assertThat(texts())
        .containsExactly(
            "t.py:2: `dependencies` is no list of texts; write `dependencies = [\"a\", \"b\"]`",
            "t.py:4: `jail` is no sandbox; write `sandbox = \"graalpy\"` or `sandbox = \"docker\"`",
            "t.py:5: `soon` is no time; write a number and ms, s or m: `timeout = \"10s\"`",
            "t.py:7: `https://a.example` is no host; write a name, without https:// and path:"
                + " `network = [\"api.example.com\"]`",
            "t.py:6: `A-B` is no name of a secret; write letters, digits and underscores: `secrets"
                + " = [\"EXAMPLE_KEY\"]`",
            "t.py:8: `all` is nothing to do with memory; write `memory = \"read\"` or `memory ="
                + " \"write\"`",
            "t.py:9: `title` is no text; put it in double quotes",
            "t.py:10: `read-only` is neither true nor false; write one");
  }

  @Test
  void brokenTomlIsNamedWithItsLine() {
    read(block("[tool.mneme]", "timeout = 10 s", "title = \"x\""));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().line()).isEqualTo(3);
    assertThat(problems.getFirst().message()).startsWith("the script block is not valid TOML");
  }

  @Test
  void aBlockNeedsAnEndCommentsOnlyAndNoSecondBlock() {
    read("# /// script\n# title = 1\n");
    read("# /// script\ntitle = 1\n# ///\n");
    read("# /// script\n# ///\n# /// script\n# ///\n");

    assertThat(texts())
        .containsExactly(
            "t.py:1: the script block has no end; add a line `# ///` after it",
            "t.py:2: a line inside the script block is no comment; start it with `# `, or end the"
                + " block with `# ///`",
            "t.py:3: a second `# /// script` block; keep one block in the file");
  }

  @Test
  void versionSpecifiersAreUnderstood() {
    List<Integer> version = List.of(3, 12, 8);
    assertThat(PythonVersions.allows(">=3.11", version)).contains(true);
    assertThat(PythonVersions.allows(">=3.11, <3.13", version)).contains(true);
    assertThat(PythonVersions.allows("==3.12.*", version)).contains(true);
    assertThat(PythonVersions.allows("~=3.11", version)).contains(true);
    assertThat(PythonVersions.allows("~=3.11.2", version)).contains(false);
    assertThat(PythonVersions.allows(">=3.13", version)).contains(false);
    assertThat(PythonVersions.allows("!=3.12.*", version)).contains(false);
    assertThat(PythonVersions.allows("3.12", version)).isEmpty();
    assertThat(PythonVersions.allows("", version)).isEmpty();
  }

  private ToolHeader read(String source) {
    return new HeaderReader().read("t.py", source, Optional.empty(), problems);
  }

  private List<String> texts() {
    return problems.stream().map(ToolProblem::text).toList();
  }

  private static String block(String... lines) {
    return "# /// script\n# " + String.join("\n# ", lines) + "\n# ///\n";
  }
}
