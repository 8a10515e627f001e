package dev.mneme.cli.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.MnemeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEditTest {
  private static final Entry ENTRY = new Entry("mneme", "/opt/my tools/mneme", List.of("mcp"));
  private static final JsonEdit EDIT = new JsonEdit(Shape.ZED, ENTRY);

  @Test
  void keepsCommentsOrderAndLayoutOfEverythingElse() {
    String before =
        """
        // Zed settings
        {
          "theme": "One, {Dark}", // "context_servers": {}
          /* mine */
          "context_servers": {
            // the other one
            "other": { "command": "x", "args": [ "}" ] },
          },
          "vim_mode": true,
        }
        """;

    assertThat(EDIT.apply(before))
        .isEqualTo(
            """
            // Zed settings
            {
              "theme": "One, {Dark}", // "context_servers": {}
              /* mine */
              "context_servers": {
                "mneme": {
                  "source": "custom",
                  "command": "/opt/my tools/mneme",
                  "args": [ "mcp" ]
                },
                // the other one
                "other": { "command": "x", "args": [ "}" ] },
              },
              "vim_mode": true,
            }
            """);
  }

  @Test
  void replacesTheEntryThatIsThere() {
    String before =
        """
        {"context_servers": {"mneme": {"command": "/old", "env": {}}, /* b */ "b": {}}}
        """;

    String after = EDIT.apply(before);

    assertThat(after)
        .startsWith("{\"context_servers\": {\"mneme\": {")
        .endsWith("}, /* b */ \"b\": {}}}\n")
        .contains("/opt/my tools/mneme")
        .doesNotContain("/old");
    assertThat(EDIT.apply(after)).isSameAs(after);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ }",
        "{\n}\n",
        "{ // nothing yet\n}",
        "{\"a\":1}",
        "{ \"a\": 1 }",
        "{\n\t\"a\": [1, {\"b\": \"}\"}], // end\n}",
        "{\"context_servers\":{}}",
        "{\"context_servers\": {\n  }\n}",
        "{\n    \"context_servers\": {\n        \"x\": {}\n    }\n}",
        "{\"context_servers\": {\"x\": {}, \"y\": {},}}",
        "/* {} */ {\"x\\\"{\": \"\\\\\", \"context_servers\": {/* } */ \"x\": null}}",
        "{\"\": {\"context_servers\": {}}}"
      })
  void addsTheEntryToAnyLayout(String before) {
    String after = EDIT.apply(before);

    // What apply returns was read again and compared with what is wanted.
    assertThat(after).contains("/opt/my tools/mneme").isNotEqualTo(before);
    assertThat(EDIT.apply(after)).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "{\"context_servers\": []}", "{} {}", "nothing", "{'a': 1}"})
  void leavesAloneWhatItDoesNotUnderstand(String before) {
    assertThatThrownBy(() -> EDIT.apply(before))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("cannot_edit"));
  }

  @Test
  void makesAWholeFileWhereThereIsNone() {
    assertThat(EDIT.apply(" \n")).isEqualTo(EDIT.alone());
  }
}
