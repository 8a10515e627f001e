package dev.mneme.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class LauncherIT {
  @TempDir Path temp;

  private Path home;

  @AfterEach
  void endOwners() {
    Owners.end(temp);
    if (home != null) {
      TestHome.delete(home);
    }
  }

  @Test
  void aBuildHasTheStartCachesOfAllItsProcesses() {
    Path build = TestHome.launcher().resolveSibling("target/dist/current");
    for (String process : List.of("relay", "serve", "worker")) {
      assertThat(build.resolve(process + ".aot")).isRegularFile();
    }
  }

  @Test
  void mcpAnswersInitializeThroughALinkFromAnyFolder() throws IOException {
    home = Files.createTempDirectory(Path.of("target/it"), "links").toAbsolutePath();
    Files.createSymbolicLink(home.resolve("first"), TestHome.launcher());
    Path second = Files.createSymbolicLink(home.resolve("second"), Path.of("first"));

    assertFirstAnswer(Map.of(), second);
  }

  @Test
  void mcpAnswersWhateverTheEnvironmentTellsJavaToDo() {
    Map<String, String> loud =
        Map.of(
            "JAVA_TOOL_OPTIONS", "-Xlog:all=info:stdout -XX:+PrintFlagsFinal -Xshare:off",
            "JDK_JAVA_OPTIONS", "-Xlog:gc:stdout --no-such-option",
            "_JAVA_OPTIONS", "-XX:+PrintCommandLineFlags");

    assertFirstAnswer(loud, TestHome.launcher());
  }

  @Test
  void mcpAnswersWithoutACache() throws IOException {
    home = TestHome.copy();
    Files.delete(home.resolve("target/dist/1/relay.aot"));

    assertFirstAnswer(Map.of(), home.resolve("mneme"));
  }

  @Test
  void mcpAnswersWithADamagedCache() throws IOException {
    home = TestHome.copy();
    Path cache = home.resolve("target/dist/1/relay.aot");
    try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
      file.write(new byte[512]);
    }
    assertFirstAnswer(Map.of(), home.resolve("mneme"));

    try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
      file.setLength(1000);
    }
    assertFirstAnswer(Map.of(), home.resolve("mneme"));
  }

  @Test
  void mcpAnswersWithTheCacheOfAnotherBuild() throws IOException {
    home = TestHome.copy();
    Files.setLastModifiedTime(
        home.resolve("target/dist/1/mneme.jar"), FileTime.from(Instant.EPOCH));

    assertFirstAnswer(Map.of(), home.resolve("mneme"));
  }

  @Test
  void mcpFindsAnotherJavaWhenTheOneOfTheBuildIsGone() throws IOException {
    home = TestHome.copy();
    Files.writeString(home.resolve("target/dist/1/java"), "/nowhere/bin/java\n");

    assertFirstAnswer(Map.of("JAVA_HOME", System.getProperty("java.home")), home.resolve("mneme"));
  }

  @Test
  void mcpNeverBuildsButSaysWhatToRun() throws IOException {
    home = TestHome.copy();
    Files.delete(home.resolve("target/dist/current"));
    try (Program program = Program.start(home.resolve("mneme"), "mcp")) {
      assertThat(program.exit()).isEqualTo(1);
      assertThat(program.rest()).isEmpty();
      assertThat(program.errors()).contains("Run once:").contains("mneme build").hasLineCount(1);
    }
  }

  @Test
  void exitCodesAndHelpComeThrough() {
    try (Program program = Program.start(TestHome.launcher(), "serve", "--no-such-option")) {
      assertThat(program.exit()).isEqualTo(2);
      assertThat(program.errors()).startsWith("mneme: Unknown option");
      assertThat(program.rest()).isEmpty();
    }
    try (Program program = Program.start(TestHome.launcher(), "serve", "--help")) {
      assertThat(program.exit()).isZero();
      assertThat(program.rest()).contains("Examples:");
    }
  }

  @Test
  void serveEndsCleanlyWhenTold() {
    Path data = temp.resolve("d");
    try (Program program =
        Program.start(TestHome.launcher(), "serve", "--port", "0", "--data", data.toString())) {
      Owners.awaitReady(program);
      program.process().destroy();

      assertThat(program.exit()).isEqualTo(143);
      assertThat(program.rest()).isEmpty();
      assertThat(data.resolve("run/mneme.sock")).doesNotExist();
    }
  }

  private void assertFirstAnswer(Map<String, String> environment, Path launcher) {
    Path data = temp.resolve("data");
    try (Program program = Program.start(environment, launcher, "mcp", "--data", data.toString())) {
      JsonNode answer = program.handshake();

      assertThat(answer.path("result").path("serverInfo").path("name").asText()).isEqualTo("mneme");
      assertThat(program.finish()).isZero();
      assertThat(program.rest()).isEmpty();
    }
  }
}
