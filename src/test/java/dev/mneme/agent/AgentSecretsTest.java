package dev.mneme.agent;

import static dev.mneme.agent.TestingMemory.A;
import static dev.mneme.agent.TestingMemory.B;
import static dev.mneme.agent.TestingMemory.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.secret.SecretBox;
import dev.mneme.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentSecretsTest {
  @TempDir Path folder;
  private TestingMemory memory;
  private AgentSecrets secrets;
  private Agent agent;

  @BeforeEach
  void open() {
    memory = new TestingMemory(folder);
    SecretBox box =
        SecretBox.open(folder.resolve("secret.key"), Optional.empty(), new SecureRandom());
    secrets = new AgentSecrets(memory.database, box, new Ids(new Random(7), Clock.systemUTC()));
    agent = memory.agents.create(A, AgentDraft.named("Ada"), USER);
  }

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void secretsComeBackToTheirOwnerAndAreReplacedAsAWhole() {
    secrets.replace(A, agent.id(), given("KEY", "one", "OTHER", "two"));
    assertThat(secrets.values(A, agent.id())).isEqualTo(Map.of("KEY", "one", "OTHER", "two"));
    assertThat(secrets.list(A, agent.id()))
        .extracting(AgentSecret::key)
        .containsExactly("KEY", "OTHER");
    secrets.replace(A, agent.id(), given("KEY", "three"));
    assertThat(secrets.values(A, agent.id())).isEqualTo(Map.of("KEY", "three"));
    assertThat(secrets.list(A, agent.id()).getFirst().toString()).doesNotContain("three");
  }

  @Test
  void anotherOwnerHasNothingOfThem() {
    secrets.replace(A, agent.id(), given("KEY", "one"));
    assertThat(secrets.values(B, agent.id())).isEmpty();
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> secrets.replace(B, agent.id(), given("KEY", "two")))
        .returns(ErrorKind.NOT_FOUND, MnemeException::kind);
    assertThat(secrets.values(A, agent.id())).isEqualTo(Map.of("KEY", "one"));
  }

  @Test
  void noFileHoldsThemInPlain() throws Exception {
    secrets.replace(A, agent.id(), given("KEY", "a-very-secret-value"));
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("a-very-secret-value");
      }
    }
  }

  @Test
  void theyGoWithTheirAgent() {
    secrets.replace(A, agent.id(), given("KEY", "one"));
    memory.agents.delete(A, agent.id(), USER);
    assertThat(secrets.values(A, agent.id())).isEmpty();
  }

  @Test
  void namesThatNoEnvironmentHasAreRefused() {
    for (String key : List.of("", "1A", "A-B", "A B", "A=B")) {
      assertThatExceptionOfType(MnemeException.class)
          .as(key)
          .isThrownBy(() -> secrets.replace(A, agent.id(), given(key, "x")))
          .returns("invalid_secret", MnemeException::code);
    }
  }

  private static Map<String, SecretText> given(String... pairs) {
    Map<String, SecretText> given = new java.util.TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put(pairs[i], new SecretText(pairs[i + 1]));
    }
    return given;
  }
}
