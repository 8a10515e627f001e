package dev.mneme.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
  private final SecretMask mask =
      SecretMask.of(
          List.of(
              new SecretText("correct horse"),
              new SecretText("correct horse battery"),
              new SecretText("abc")));

  @Test
  void knownValuesAreMaskedTheLongestFirst() {
    assertThat(mask.mask("it is correct horse battery, no: correct horse"))
        .isEqualTo("it is ********, no: ********");
  }

  @Test
  void aValueTooShortToBeASecretIsNoReasonToBlankWords() {
    assertThat(mask.mask("the abc of it")).isEqualTo("the abc of it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-TESTTESTTESTTESTTEST",
        "sk-ant-api03-TESTTEST_TESTTEST-TEST",
        "AIzaTESTTESTTESTTESTTESTTESTTESTTESTTEST",
        "ghp_TESTTESTTESTTESTTEST",
        "github_pat_TESTTESTTEST_TESTTEST",
        "xoxb-TESTTEST-TESTTEST",
        "AKIATESTTESTTESTTEST",
        "eyJTESTTESTTEST.eyJTESTTESTTEST.TESTTEST",
        "Bearer TESTTESTTEST",
        "api_key=TESTTESTTEST",
        "\"password\": \"TESTTESTTEST\"",
        "https://user:TESTTESTTEST@example.com/",
        "-----BEGIN RSA PRIVATE KEY-----\nTESTTEST\n-----END RSA PRIVATE KEY-----"
      })
  void keysOfKnownShapesAreMasked(String text) {
    assertThat(mask.mask("before " + text + " after"))
        .startsWith("before ")
        .endsWith(" after")
        .doesNotContain("TEST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "risk-averse people sk-ip",
        "Listening on http://127.0.0.1:8283/mcp",
        "the basic idea",
        "user-00000000-0000-4000-8000-000000000000"
      })
  void ordinaryTextIsLeftAlone(String text) {
    assertThat(mask.mask(text)).isEqualTo(text);
  }

  @Test
  void hostileTextCostsLinearTime() {
    String text =
        "://a:".repeat(20_000)
            + "-----BEGIN PRIVATE KEY-----".repeat(500)
            + "eyJ".repeat(20_000)
            + "password=".repeat(20_000);
    Assertions.assertTimeout(Duration.ofSeconds(10), () -> mask.mask(text));
  }

  @Test
  void aSecretDoesNotPrintItself() {
    assertThat(new SecretText("hunter22")).hasToString("********");
  }
}
