package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.secret.SecretMask;
import dev.mneme.secret.SecretText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
  private static final Logger log = LoggerFactory.getLogger("dev.mneme.store.Example");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @AfterEach
  void restore() throws Exception {
    LogManager.getLogManager().reset();
    LogManager.getLogManager().readConfiguration();
  }

  @Test
  void anEventIsOneReadableLine() {
    setUp(LogConfig.Level.INFO, LogConfig.Format.TEXT);
    log.info("Listening on {}", 8283);
    assertThat(written())
        .matches(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  Example: Listening on"
                + " 8283\n");
  }

  @Test
  void textFromOutsideCannotForgeALineOrMoveTheCursor() {
    setUp(LogConfig.Level.INFO, LogConfig.Format.TEXT);
    log.warn(
        "name {}",
        "x\n2026-01-01 00:00:00.000 ERROR Forged\r\u001b[2J\u009b2J\u2028\u202e\ud800 ä 😀 {} %s");
    assertThat(written().lines()).hasSize(1);
    assertThat(written())
        .contains("x\\n2026-01-01", "\\r\\u001b[2J\\u009b2J\\u2028\\u202e\\ud800 ä 😀 {} %s");
  }

  @Test
  void jsonLinesAreJson() {
    setUp(LogConfig.Level.INFO, LogConfig.Format.JSON);
    log.error("said \"{}\"\n\\", "\u0000\u007f\u202e😀", new IllegalStateException("a\nb"));
    assertThat(written().lines()).hasSize(1);
    JsonNode event = Json.parse(written());
    assertThat(event.path("message").textValue()).isEqualTo("said \"\u0000\u007f\u202e😀\"\n\\");
    assertThat(event.path("level").textValue()).isEqualTo("ERROR");
    assertThat(event.path("logger").textValue()).isEqualTo("dev.mneme.store.Example");
    assertThat(java.time.Instant.parse(event.path("time").textValue())).isNotNull();
    assertThat(event.path("stack").get(0).textValue())
        .isEqualTo("java.lang.IllegalStateException: a\nb");
    assertThat(event.path("stack").size()).isGreaterThan(2);
  }

  @Test
  void onlyDefectsHaveAStackTrace() {
    setUp(LogConfig.Level.INFO, LogConfig.Format.TEXT);
    log.warn("refused", MnemeException.notFound("no_agent", "There is no such agent."));
    assertThat(written()).contains("There is no such agent.").doesNotContain("  at ");
    log.error("failed", MnemeException.internal("x", "Broken.", new IllegalStateException("deep")));
    assertThat(written()).contains("  at ", "caused by java.lang.IllegalStateException: deep");
  }

  @Test
  void secretsAreMasked() {
    setUp(LogConfig.Level.INFO, LogConfig.Format.TEXT);
    log.error(
        "with hunter22 and {}",
        "sk-abcdefghijklmnopqrstuvwx",
        new IllegalStateException("Authorization: Bearer abcdefgh12345"));
    assertThat(written()).doesNotContain("hunter22", "abcdefgh");
  }

  @Test
  void levelsHold() {
    setUp(LogConfig.Level.WARN, LogConfig.Format.TEXT);
    log.info("quiet");
    LoggerFactory.getLogger("org.flywaydb.core.X").info("quiet too");
    assertThat(written()).isEmpty();
    setUp(LogConfig.Level.DEBUG, LogConfig.Format.TEXT);
    log.debug("loud");
    log.trace("quiet");
    LoggerFactory.getLogger("org.other.X").debug("quiet");
    assertThat(written().lines()).singleElement().asString().endsWith("DEBUG Example: loud");
  }

  @Test
  void aHugeMessageIsCut() {
    setUp(LogConfig.Level.INFO, LogConfig.Format.TEXT);
    log.info("x".repeat(100_000));
    assertThat(written()).hasSizeLessThan(10_000);
  }

  private void setUp(LogConfig.Level level, LogConfig.Format format) {
    Logging.setUp(
        new LogConfig(level, format),
        SecretMask.of(List.of(new SecretText("hunter22"))),
        new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
