package dev.mneme.cli.doctor;

import dev.mneme.app.Build;
import dev.mneme.app.Config;
import dev.mneme.app.PolicyState;
import dev.mneme.app.SearchConfig.Embeddings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** The data folder, the port and the policy file. */
final class FolderChecks {
  private final Config config;
  private final Build build;

  FolderChecks(Config config, Build build) {
    this.config = config;
    this.build = build;
  }

  List<Check> run() {
    Optional<ProcessHandle> owner = owner();
    return List.of(folder(owner), port(owner), embeddings(), policy());
  }

  private Check folder(Optional<ProcessHandle> owner) {
    Path data = config.data();
    if (!Files.exists(data, LinkOption.NOFOLLOW_LINKS)) {
      return Check.ok("data", data + " does not exist yet; the first start makes it");
    }
    try {
      String rights =
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(data, LinkOption.NOFOLLOW_LINKS));
      if (!rights.equals("rwx------")) {
        return Check.note(
            "data", data + " has the rights " + rights + "; a start makes them rwx------");
      }
      Path database = data.resolve("mneme.db");
      if (Files.exists(database)
          && !Files.exists(data.resolve("secret.key"), LinkOption.NOFOLLOW_LINKS)
          && config.secretKey().isEmpty()) {
        return Check.problem(
            "data",
            data
                + ": secret.key is missing; put back your copy of it, or set MNEME_SECRET_KEY as it"
                + " was");
      }
      String size = Files.exists(database) ? (Files.size(database) >> 10) + " KiB" : "empty";
      String used = owner.map(process -> "in use by process " + process.pid()).orElse("not in use");
      return Check.ok("data", data + ": " + size + ", " + used);
    } catch (IOException e) {
      return Check.problem("data", data + " cannot be read: " + e.getMessage());
    }
  }

  private Check policy() {
    PolicyState state = PolicyState.of(config, build);
    return state.good() ? Check.ok("policy", state.text()) : Check.problem("policy", state.text());
  }

  private Check port(Optional<ProcessHandle> owner) {
    String host = config.server().host();
    int port = config.server().port();
    if (port == 0) {
      return Check.ok("port", "any free one");
    }
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      return Check.ok("port", host + ':' + socket.getLocalPort() + " is free");
    } catch (IOException e) {
      String text = host + ':' + port + " cannot be taken: " + e.getMessage();
      return owner.isPresent()
          ? Check.ok("port", text + "; perhaps by the server that runs")
          : Check.problem("port", text + ". Choose another one with --port");
    }
  }

  private Check embeddings() {
    Embeddings embeddings = config.search().embeddings();
    return Check.ok(
        "embeddings",
        switch (embeddings) {
          case ON -> "the model inside Mneme, loaded with the first search";
          case OFF -> "off: search by words only";
          case PROVIDER -> "from " + config.search().baseUrl().map(Object::toString).orElse("-");
        });
  }

  /** The process that the folder's lock names, if it lives; the lock itself is not touched. */
  private Optional<ProcessHandle> owner() {
    try {
      return Files.readAllLines(config.data().resolve("mneme.lock")).stream()
          .filter(line -> line.startsWith("pid "))
          .map(line -> line.substring("pid ".length()).strip())
          .filter(pid -> pid.matches("[0-9]{1,18}"))
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
          .filter(process ->
              process.info().command().map(command -> command.contains("java")).orElse(false));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
