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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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
    start(Role.SERVE, Map.of()).close();

    assertThat(Verification.run(config(Map.of())).ok()).isTrue();
  }

  @Test
  void verifyingWhatIsNotThereMakesNoFolder() {
    assertThatThrownBy(() -> Verification.run(config(Map.of())))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("no_data"));
    assertThat(data).doesNotExist();
  }

  @Test
  void aLostKeyIsSaidInsteadOfReplacedInSilence() throws Exception {
    start(Role.SERVE, Map.of()).close();
    Path key = data.resolve("secret.key");
    byte[] kept = Files.readAllBytes(key);
    Files.delete(key);

    assertThatThrownBy(() -> start(Role.SERVE, Map.of()))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("secret_key_missing"));
    assertThat(key).doesNotExist();

    Files.write(key, kept);
    start(Role.SERVE, Map.of()).close();
  }

  @Test
  void theJournalVerifiesAfterTheKeyWasChanged() throws Exception {
    String old = "00".repeat(32);
    String fresh = "11".repeat(32);
    edit(Map.of("MNEME_SECRET_KEY", old), "before");
    edit(Map.of("MNEME_SECRET_KEY", fresh + ',' + old), "after");

    assertThat(verified(fresh + ',' + old)).isTrue();
    assertThat(verified(fresh)).isFalse();
  }

  @Test
  void aWrongKeyIsSaidAtTheStart() throws Exception {
    edit(Map.of("MNEME_SECRET_KEY", "00".repeat(32)), "before");

    assertThat(saidAtStart("11".repeat(32))).anyMatch(line -> line.contains("put the old one"));
    assertThat(saidAtStart("00".repeat(32))).isEmpty();
    assertThat(saidAtStart("11".repeat(32) + ',' + "00".repeat(32))).isEmpty();
  }

  private List<String> saidAtStart(String keys) {
    List<String> said = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger(SecretKeys.class.getName());
    Handler handler = new Heard(said);
    logger.addHandler(handler);
    try {
      Mneme.start(config(Map.of(), Map.of("MNEME_SECRET_KEY", keys)), Role.SERVE, () -> {}).close();
      return said;
    } finally {
      logger.removeHandler(handler);
    }
  }

  /** Keeps what is logged. */
  private static final class Heard extends Handler {
    private final List<String> said;

    Heard(List<String> said) {
      this.said = said;
    }

    @Override
    public void publish(LogRecord line) {
      said.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private boolean verified(String keys) {
    return Verification.run(config(Map.of(), Map.of("MNEME_SECRET_KEY", keys))).ok();
  }

  /** Makes a block over the API of a server with this environment. */
  private void edit(Map<String, String> environment, String label) throws Exception {
    try (Mneme mneme = Mneme.start(config(Map.of(), environment), Role.SERVE, () -> {});
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(mneme.url().orElseThrow() + "/v1/blocks/"))
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"label\": \"" + label + "\", \"value\": \"v\"}"))
              .build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }

  private Mneme start(Role role, Map<String, String> flags) {
    return Mneme.start(config(flags), role, () -> {});
  }

  private Config config(Map<String, String> flags) {
    return config(flags, Map.of());
  }

  private Config config(Map<String, String> flags, Map<String, String> environment) {
    Map<String, String> all =
        new HashMap<>(
            Map.of("data", data.toString(), "server.port", "0", "search.embeddings", "off"));
    all.putAll(flags);
    return Config.load(all, environment);
  }
}
