package dev.mneme.mcp.client.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.config.Endpoint.Remote;
import dev.mneme.mcp.client.config.Endpoint.Stdio;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServersFileTest {
  private static final Map<String, String> VARIABLES =
      Map.of("KEY", "k-1", "EMPTY", "", "MNEME_INPUT_API_TOKEN", "t-1");

  private static List<ServerEntry> read(String text) {
    return ServersFile.read(text, name -> Optional.ofNullable(VARIABLES.get(name)));
  }

  private static ServerSpec only(String entry) {
    ServerEntry read = read("{\"mcpServers\": {\"one\": " + entry + "}}").getFirst();
    assertThat(read).isInstanceOf(ServerEntry.Usable.class);
    return ((ServerEntry.Usable) read).spec();
  }

  private static String problem(String entry) {
    ServerEntry read = read("{\"mcpServers\": {\"one\": " + entry + "}}").getFirst();
    assertThat(read).isInstanceOf(ServerEntry.Unusable.class);
    return ((ServerEntry.Unusable) read).problem();
  }

  @Test
  void theUsualFormIsRead() {
    ServerSpec spec =
        only(
            """
            {"command": "npx", "args": ["-y", "x", "/tmp/a b"], "env": {"A": "1"}, "cwd": "/srv",
             "timeout": 5, "disabledTools": ["rm"], "concurrency": 2, "maxResult": 10,
             "pins": "warn", "shared": true}
            """);
    assertThat(spec.endpoint())
        .isEqualTo(
            new Stdio(
                "npx", List.of("-y", "x", "/tmp/a b"), Map.of("A", "1"), Optional.of("/srv")));
    assertThat(spec.endpoint().shown()).isEqualTo("npx -y x '/tmp/a b'");
    assertThat(spec.limits().call()).isEqualTo(Duration.ofSeconds(5));
    assertThat(spec.limits().concurrent()).isEqualTo(2);
    assertThat(spec.hiddenTools()).containsExactly("rm");
    assertThat(spec.shared()).isTrue();
    assertThat(spec.serve()).isFalse();
    assertThat(spec.blockChanges()).isFalse();
  }

  @Test
  void theFormOfVsCodeIsReadWithItsInputs() {
    List<ServerEntry> entries =
        read(
            """
            {
              // as the editor writes it
              "inputs": [{"id": "api-token", "type": "promptString", "password": true},
                         {"id": "place", "type": "promptString", "default": "here"}],
              "servers": {
                "web": {"type": "http", "url": "https://example.com/mcp",
                        "headers": {"Authorization": "Bearer ${input:api-token}", "P": "${input:place}"}},
              }
            }
            """);
    ServerSpec spec = ((ServerEntry.Usable) entries.getFirst()).spec();
    assertThat(((Remote) spec.endpoint()).headers())
        .containsOnly(Map.entry("Authorization", "Bearer t-1"), Map.entry("P", "here"));
    assertThat(spec.toString()).doesNotContain("t-1");
  }

  @ParameterizedTest
  @CsvSource({
    "${KEY},k-1",
    "${env:KEY},k-1",
    "a${KEY}b${KEY},ak-1bk-1",
    "${GONE:-other},other",
    "${KEY:-other},k-1",
    "${EMPTY:-other},other",
    "${GONE:-},''",
    "$KEY,$KEY"
  })
  void variablesAreFilledIn(String text, String filled) {
    Stdio stdio = (Stdio) only("{\"command\": \"x\", \"args\": [\"" + text + "\"]}").endpoint();
    assertThat(stdio.arguments()).containsExactly(filled);
  }

  @Test
  void anUnsetVariableConcernsItsServerAlone() {
    List<ServerEntry> entries =
        read(
            """
            {"mcpServers": {"bad": {"command": "x", "env": {"T": "${NOT_THERE}"}},
                            "good": {"command": "y"}}}
            """);
    assertThat(entries.get(0))
        .isEqualTo(new ServerEntry.Unusable("bad", "the variable NOT_THERE is not set."));
    assertThat(entries.get(1)).isInstanceOf(ServerEntry.Usable.class);
  }

  @Test
  void anInputWithoutAValueSaysWhichVariableToSet() {
    String text =
        "{\"inputs\": [{\"id\": \"my-key\"}], \"servers\": {\"s\": {\"command\":"
            + " \"${input:my-key}\"}}}";
    assertThat(((ServerEntry.Unusable) read(text).getFirst()).problem())
        .contains("MNEME_INPUT_MY_KEY");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|command is missing",
        "{\"type\": \"websocket\", \"url\": \"x\"}|type must be",
        "{\"url\": \"ftp://x/y\"}|http://",
        "{\"command\": \"x\", \"timeout\": -1}|timeout",
        "{\"command\": \"x\", \"pins\": \"off\"}|pins",
        "{\"command\": \"${a b}\"}|no variable",
        "[]|object"
      })
  void aMistakeIsNamed(String entry, String named) {
    assertThat(problem(entry)).contains(named);
  }

  @Test
  void whatIsSwitchedOffIsNotThere() {
    assertThat(read("{\"mcpServers\": {\"one\": {\"command\": \"x\", \"disabled\": true}}}"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "{\"mcpServers\": 1}", "{}"})
  void aFileOfAnotherFormIsRefusedWhole(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("invalid_servers_file"));
  }

  @Test
  void loggingInByItselfIsReadWithSecretsAndFiles() throws Exception {
    OAuthSettings machine =
        only("""
        {"url": "https://x.example/mcp", "oauth": {"grant": "client_credentials",
         "issuer": "https://a.example", "clientId": "c", "clientSecret": "${KEY}"}}
        """)
            .oauth();
    assertThat(machine.unattended()).contains(new Unattended.ClientCredentials());
    assertThat(machine.clientSecret().orElseThrow().reveal()).isEqualTo("k-1");
    Path token = Files.writeString(Files.createTempFile("token", ""), "a.b.c\n");
    OAuthSettings workload =
        only("""
        {"url": "https://x.example/mcp", "oauth": {"grant": "workload",
         "issuer": "https://a.example", "clientId": "c", "assertionFile": "%s"}}
        """
                .formatted(token))
            .oauth();
    assertThat(workload.unattended().orElseThrow()).isInstanceOf(Unattended.Workload.class);
    TextSource source = ((Unattended.Workload) workload.unattended().orElseThrow()).assertion();
    assertThat(source.read().reveal()).isEqualTo("a.b.c");
    Files.writeString(token, "d.e.f");
    assertThat(source.read().reveal()).isEqualTo("d.e.f");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"grant\": \"password\"} | oauth.grant must be",
        "{\"grant\": \"client_credentials\", \"issuer\": \"https://a\"} | clientId is missing",
        "{\"grant\": \"client_credentials\", \"clientId\": \"c\", \"clientSecret\": \"s\"} |"
            + " issuer",
        "{\"grant\": \"client_credentials\", \"clientId\": \"c\", \"issuer\": \"https://a\"} |"
            + " privateKey",
        "{\"grant\": \"workload\", \"clientId\": \"c\", \"issuer\": \"https://a\"} | assertion is"
            + " missing",
        "{\"grant\": \"workload\", \"assertionFile\": \"here\"} | whole path",
        "{\"grant\": \"enterprise\", \"idToken\": \"t\"} | idp.tokenEndpoint is missing",
        "{\"privateKey\": \"k\", \"clientId\": \"c\"} | issuer is missing"
      })
  void whatIsMissingForLoggingInIsSaid(String oauth, String problem) {
    assertThat(problem("{\"url\": \"https://x.example/mcp\", \"oauth\": " + oauth + "}"))
        .contains(problem);
  }
}
