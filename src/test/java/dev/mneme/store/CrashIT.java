package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Owner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after {@code kill -9}. */
class CrashIT {
  @TempDir Path temp;

  @Test
  void everyAcknowledgedWriteSurvivesTheDeathOfTheProcess() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      acknowledged.addAll(writeUntilKilled("round" + round, 150));
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(450);
    try (DataFolder folder = DataFolder.open(temp.resolve("data"));
        Database database = Database.open(folder.database(), 1)) {
      Set<String> there =
          database.maintain(h -> h.createQuery("SELECT name FROM owner").mapTo(String.class).set());
      assertThat(there).containsAll(acknowledged);
      String sound =
          database.maintain(h -> h.createQuery("PRAGMA integrity_check").mapTo(String.class).one());
      assertThat(sound).isEqualTo("ok");
    }
  }

  private Set<String> writeUntilKilled(String round, int writes) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                temp.resolve("data").toString(),
                round)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Set<String> acknowledged = new HashSet<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      while (acknowledged.size() < writes) {
        String line = lines.readLine();
        assertThat(line).as("the child writes on").isNotNull();
        acknowledged.add(line);
      }
      child.toHandle().destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      lines.lines().filter(line -> line.endsWith(".")).forEach(acknowledged::add);
    }
    return acknowledged;
  }

  /** Writes from four threads and prints what was acknowledged, until it is killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      DataFolder folder = DataFolder.open(Path.of(arguments[0]));
      Database database = Database.open(folder.database(), 1);
      for (int writer = 0; writer < 4; writer++) {
        String name = arguments[1] + "-" + writer;
        Thread.ofPlatform().start(() -> writeForever(database, name));
      }
    }

    private static void writeForever(Database database, String writer) {
      for (int i = 0; ; i++) {
        String name = writer + "-" + i + ".";
        Owner owner = new Owner("user-" + java.util.UUID.randomUUID());
        database
            .scope(owner)
            .update(tx ->
                tx.update("INSERT INTO owner VALUES (:owner, :name, '2026-01-01T00:00:00Z')")
                    .bind("name", name)
                    .execute());
        synchronized (System.out) {
          System.out.println(name);
        }
      }
    }
  }
}
