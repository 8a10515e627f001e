package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MnemeTest {
  private Path data;

  @BeforeEach
  void makeFolder() throws IOException {
    // Not a @TempDir: its path may be too long for a socket.
    data = Files.createTempDirectory("mn").resolve("d");
  }

  @Test
  void answersOverHttpUntilItIsClosedAndThenLetsGoOfTheFolder() throws Exception {
    try (Mneme mneme = start(Role.SERVE, Map.of())) {
      URI health = URI.create(mneme.url().orElseThrow() + "/v1/health/");
      HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();

      assertThat(connection.getResponseCode()).isEqualTo(200);
      assertThat(data.resolve("run/mneme.sock")).exists();
    }
    assertThat(data.resolve("run/mneme.sock")).doesNotExist();
    try (Mneme again = start(Role.SERVE, Map.of())) {
      assertThat(again.url()).isPresent();
    }
  }

  @Test
  void aBackgroundOwnerServesNoHttpAndSaysWhenNobodyNeedsItAnyMore() throws Exception {
    CountDownLatch unneeded = new CountDownLatch(1);
    Config config = config(Map.of("owner.idle-exit", "1s"));
    try (Mneme mneme = Mneme.start(config, Role.BACKGROUND, unneeded::countDown)) {
      assertThat(mneme.url()).isEmpty();
      await().atMost(Duration.ofSeconds(30)).until(() -> unneeded.getCount() == 0);
    }
  }

  @Test
  void aTakenPortLeavesNothingRunningBehind() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> flags = Map.of("server.port", Integer.toString(taken.getLocalPort()));

      assertThatThrownBy(() -> start(Role.SERVE, flags))
          .isInstanceOfSatisfying(
              MnemeException.class, e -> assertThat(e.code()).isEqualTo("port_in_use"));
    }
    try (Mneme mneme = start(Role.SERVE, Map.of())) {
      assertThat(mneme.url()).isPresent();
    }
  }

  @Test
  void anAddressThatOthersReachIsRefusedBeforeAnythingIsMade() {
    assertThatThrownBy(() -> start(Role.SERVE, Map.of("server.host", "0.0.0.0")))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("host_needs_key"));
    assertThat(data).doesNotExist();
  }

  @Test
  void aSecondServerOnTheFolderIsRefusedAndTheFirstGoesOn() throws Exception {
    try (Mneme first = start(Role.SERVE, Map.of())) {
      assertThatThrownBy(() -> start(Role.SERVE, Map.of()))
          .isInstanceOfSatisfying(
              MnemeException.class, e -> assertThat(e.code()).isEqualTo("data_folder_in_use"));
      assertThat(data.resolve("run/mneme.sock")).exists();
      assertThat(first.url()).isPresent();
    }
  }

  @Test
  void aFreshFolderVerifies() {
    assertThat(Verification.run(config(Map.of())).ok()).isTrue();
  }

  private Mneme start(Role role, Map<String, String> flags) {
    return Mneme.start(config(flags), role, () -> {});
  }

  private Config config(Map<String, String> flags) {
    Map<String, String> all =
        new HashMap<>(
            Map.of("data", data.toString(), "server.port", "0", "search.embeddings", "off"));
    all.putAll(flags);
    return Config.load(all, Map.of());
  }
}
