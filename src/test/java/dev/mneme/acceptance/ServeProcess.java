package dev.mneme.acceptance;

import static org.awaitility.Awaitility.await;

import dev.mneme.launcher.Program;
import dev.mneme.launcher.TestHome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code mneme serve} as a user runs it, on a free port. Closing kills it. */
final class ServeProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready on (http://\\S+)");

  private final Program program;
  private final URI url;

  private ServeProcess(Program program, URI url) {
    this.program = program;
    this.url = url;
  }

  static ServeProcess start(Path data, String... more) {
    return start(Map.of(), data, more);
  }

  static ServeProcess start(Map<String, String> environment, Path data, String... more) {
    String[] arguments = new String[5 + more.length];
    System.arraycopy(
        new String[] {"serve", "--port", "0", "--data", data.toString()}, 0, arguments, 0, 5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    Program program = Program.start(environment, TestHome.launcher(), arguments);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> program.errors().contains("ready on") || !program.process().isAlive());
    Matcher ready = READY.matcher(program.errors());
    if (!ready.find()) {
      throw new AssertionError("mneme serve did not start: " + program.errors());
    }
    return new ServeProcess(program, URI.create(ready.group(1)));
  }

  /** A data folder with this configuration. */
  static Path configured(Path data, String toml) throws IOException {
    Files.createDirectories(data);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(data.resolve("mneme.toml"), toml);
    return data;
  }

  URI url() {
    return url;
  }

  long pid() {
    return program.process().pid();
  }

  /** As {@code kill -9}; waits until it is gone. */
  void kill() throws InterruptedException {
    program.process().destroyForcibly().waitFor();
  }

  McpHttp client(String name) throws IOException, InterruptedException {
    return McpHttp.open(url, name);
  }

  @Override
  public void close() {
    program.close();
  }
}
