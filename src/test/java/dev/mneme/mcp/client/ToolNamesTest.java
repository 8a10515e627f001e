package dev.mneme.mcp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToolNamesTest {
  @Test
  void aNameIsTheServersAndTheTools() {
    assertThat(ToolNames.of("files", "read_file")).isEqualTo("files__read_file");
    assertThat(ToolNames.of("my-files_2", "read")).isEqualTo("my-files_2__read");
  }

  @Test
  void everyNameFitsAndIsTheSameEachTimeAndNoTwoAreTheSame() {
    List<String> servers =
        List.of("a", "a_", "a__b", "a.b", "a b", "ä", "x".repeat(90), "x".repeat(91), "_a");
    List<String> tools =
        List.of("b", "_b", "__b", "b__c", "b.c", "b/c", "y".repeat(60), "y".repeat(61), "名");
    Set<String> names = new HashSet<>();
    for (String server : servers) {
      for (String tool : tools) {
        String name = ToolNames.of(server, tool);
        assertThat(name).matches("[A-Za-z0-9_-]{1,64}").isEqualTo(ToolNames.of(server, tool));
        assertThat(names.add(name)).as("%s of %s", tool, server).isTrue();
      }
    }
  }
}
