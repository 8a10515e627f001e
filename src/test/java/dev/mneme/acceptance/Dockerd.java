package dev.mneme.acceptance;

import static org.awaitility.Awaitility.await;

import dev.mneme.sandbox.docker.DockerHere;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The container engine's own process, where this user may kill it and start it again. */
record Dockerd(ProcessHandle process, List<String> command) {

  /** Empty where it is not a process of this machine and user, or one that others start again. */
  static Optional<Dockerd> find() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").endsWith("/dockerd"))
        .filter(process -> process.info().user().equals(ProcessHandle.current().info().user()))
        .filter(process -> !new File("/run/systemd/system").exists())
        .findFirst()
        .map(process -> {
          List<String> command = new ArrayList<>();
          command.add(process.info().command().orElseThrow());
          command.addAll(List.of(process.info().arguments().orElse(new String[0])));
          return new Dockerd(process, command);
        });
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    await().atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
  }

  /** Starts it with the words it had, in a session of its own, and waits until it answers. */
  void startAgain() throws IOException {
    List<String> words = new ArrayList<>(List.of("setsid", "nohup"));
    words.addAll(command);
    new ProcessBuilder(words)
        .directory(new File("/"))
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(new File("target/dockerd.log").getAbsoluteFile()))
        .start();
    await().atMost(Duration.ofMinutes(2)).until(DockerHere::answers);
  }
}
