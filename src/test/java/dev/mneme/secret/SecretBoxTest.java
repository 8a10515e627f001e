package dev.mneme.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.common.MnemeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
  private static final RandomGenerator RANDOM = new SecureRandom();
  private static final String FIRST = Base64.getEncoder().encodeToString(new byte[32]);
  private static final String SECOND = "ff".repeat(32);

  @TempDir Path folder;

  @Test
  void theKeyFileIsMadeOnceAndForItsUserAlone() throws Exception {
    Path file = folder.resolve("secret.key");
    byte[] sealed = SecretBox.open(file, Optional.empty(), RANDOM).seal("hunter2", "a");
    String content = Files.readString(file);
    assertThat(Base64.getDecoder().decode(content.strip())).hasSize(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(SecretBox.open(file, Optional.empty(), RANDOM).open(sealed, "a").reveal())
        .isEqualTo("hunter2");
    assertThat(file).hasContent(content);
  }

  @Test
  void theEnvironmentsKeyWinsAndLeavesNoFile() {
    SecretBox box = box(FIRST);
    assertThat(box.open(box.seal("ä😀", "a"), "a").reveal()).isEqualTo("ä😀");
    assertThat(box.open(box.seal("", "a"), "a").reveal()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsSealedShowsNothingAndIsNeverTheSame() {
    SecretBox box = box(FIRST);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      String sealed = new String(box.seal("hunter2", "a"), StandardCharsets.ISO_8859_1);
      assertThat(sealed).doesNotContain("hunter2");
      assertThat(seen.add(sealed)).isTrue();
    }
  }

  @Test
  void anyChangedByteIsNoticed() {
    SecretBox box = box(FIRST);
    byte[] sealed = box.seal("hunter2", "provider/1");
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatExceptionOfType(MnemeException.class)
          .as("byte %d", i)
          .isThrownBy(() -> box.open(changed, "provider/1"));
    }
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> box.open(sealed, "provider/2"))
        .returns("secret_damaged", MnemeException::code);
    assertThatExceptionOfType(MnemeException.class).isThrownBy(() -> box.open(new byte[3], "a"));
  }

  @Test
  void anotherKeyIsNamed() {
    byte[] sealed = box(FIRST).seal("hunter2", "a");
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> box(SECOND).open(sealed, "a"))
        .returns("wrong_secret_key", MnemeException::code)
        .withMessageContaining(box(FIRST).keyId())
        .withMessageContaining(box(SECOND).keyId());
  }

  @Test
  void olderKeysStillOpen() {
    byte[] sealed = box(FIRST).seal("hunter2", "a");
    SecretBox rotated = box(SECOND + "," + FIRST);
    assertThat(rotated.open(sealed, "a").reveal()).isEqualTo("hunter2");
    assertThat(rotated.keyId()).isEqualTo(box(SECOND).keyId());
    assertThat(box(SECOND).open(rotated.seal("new", "a"), "a").reveal()).isEqualTo("new");
  }

  @Test
  void aKeyThatIsNoneIsRefusedWithoutShowingIt() throws Exception {
    for (String wrong : new String[] {"c2hvcnQ=", "not base64 at all!", "zz".repeat(32)}) {
      assertThatExceptionOfType(MnemeException.class)
          .isThrownBy(() -> box(wrong))
          .returns("invalid_secret_key", MnemeException::code)
          .withMessageContaining("MNEME_SECRET_KEY")
          .withMessageNotContaining(wrong);
    }
    Path file = folder.resolve("secret.key");
    Files.writeString(file, "short");
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> SecretBox.open(file, Optional.empty(), RANDOM))
        .withMessageContaining("secret.key");
    Files.delete(file);
    Files.createSymbolicLink(file, folder.resolve("elsewhere"));
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> SecretBox.open(file, Optional.empty(), RANDOM))
        .returns("unsafe_file", MnemeException::code);
  }

  @Test
  void keysForDifferentPurposesDiffer() {
    byte[] message = "x".getBytes(StandardCharsets.UTF_8);
    byte[] journal = box(FIRST).mac("journal").doFinal(message);
    assertThat(journal)
        .hasSize(32)
        .isEqualTo(box(FIRST).mac("journal").doFinal(message))
        .isNotEqualTo(box(FIRST).mac("cookie").doFinal(message))
        .isNotEqualTo(box(SECOND).mac("journal").doFinal(message));
    assertThat(derived(FIRST, "journal"))
        .hasSize(32)
        .isEqualTo(derived(FIRST, "journal"))
        .isNotEqualTo(derived(FIRST, "cookie"))
        .isNotEqualTo(derived(SECOND, "journal"));
  }

  @Test
  void olderKeysGiveTheirKeysAfterThePresentOne() {
    assertThat(box(FIRST + ',' + SECOND).derivedKeys("journal"))
        .containsExactly(derived(FIRST, "journal"), derived(SECOND, "journal"));
  }

  private byte[] derived(String key, String purpose) {
    return box(key).derivedKeys(purpose).getFirst();
  }

  private SecretBox box(String key) {
    return SecretBox.open(folder.resolve("secret.key"), Optional.of(new SecretText(key)), RANDOM);
  }
}
