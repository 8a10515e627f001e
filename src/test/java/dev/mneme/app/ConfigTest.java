package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.common.MnemeException;
import dev.mneme.secret.SecretText;
import dev.mneme.web.oauth.IssuerSettings;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  /** Every setting, with a value other than its default as TOML; a list and a secret are marked. */
  private static final Map<String, String> OTHER =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("server.host", "'0.0.0.0'"),
              Map.entry("server.port", "9000"),
              Map.entry("server.allowed-hosts", "['mneme.example.com:8443']"),
              Map.entry("server.allowed-origins", "['https://chat.example.com']"),
              Map.entry("server.max-body", "'16MB'"),
              Map.entry("auth.keys", "['alice:0123456789abcdef']"),
              Map.entry("auth.keyless", "'loopback'"),
              Map.entry("auth.approvers", "['carol']"),
              Map.entry("auth.issuer", "'https://login.example.com/realms/home'"),
              Map.entry("auth.jwks", "'https://login.example.com/keys'"),
              Map.entry("auth.audience", "['api://mneme']"),
              Map.entry("auth.scopes", "['mneme.read=memory:read']"),
              Map.entry("auth.client-id", "'mneme'"),
              Map.entry("auth.client-secret", "'issuer-secret-1'"),
              Map.entry("auth.introspection", "'https://login.example.com/introspect'"),
              Map.entry("auth.address", "'https://mneme.example.com'"),
              Map.entry("log.level", "'debug'"),
              Map.entry("log.format", "'json'"),
              Map.entry("store.readers", "7"),
              Map.entry("agents.when-busy", "'refuse'"),
              Map.entry("web.exa-api-key", "'exa-0123456789'"),
              Map.entry("web.exa-url", "'https://exa.example'"),
              Map.entry("web.searxng-url", "'http://searx.lan:8888'"),
              Map.entry("search.embeddings", "'off'"),
              Map.entry("search.lexical-weight", "0.25"),
              Map.entry("search.vector-weight", "0.75"),
              Map.entry("search.base-url", "'http://localhost:1234/v1'"),
              Map.entry("search.model", "'nomic-embed-text'"),
              Map.entry("search.dimensions", "768"),
              Map.entry("search.api-key", "'k-123456'"),
              Map.entry("sandbox.workers", "5"),
              Map.entry("sandbox.fresh", "3"),
              Map.entry("sandbox.heap", "'1GB'"),
              Map.entry("sandbox.queue", "3"),
              Map.entry("sandbox.wall", "'5s'"),
              Map.entry("sandbox.cpu", "'1500ms'"),
              Map.entry("sandbox.output", "5000"),
              Map.entry("sandbox.result", "'2MB'"),
              Map.entry("sandbox.untrusted", "'docker'"),
              Map.entry("sandbox.sessions", "2"),
              Map.entry("sandbox.session-idle", "'90s'"),
              Map.entry("sandbox.packages.allow", "'built'"),
              Map.entry("sandbox.packages.wheels", "'/srv/wheels'"),
              Map.entry("sandbox.packages.sets", "9"),
              Map.entry("sandbox.packages.bytes", "'1GB'"),
              Map.entry("sandbox.files.age", "'2h'"),
              Map.entry("sandbox.files.count", "7"),
              Map.entry("sandbox.files.bytes", "'5MB'"),
              Map.entry("sandbox.docker.host", "'tcp://engine.example:2376'"),
              Map.entry("sandbox.docker.image", "'python_data'"),
              Map.entry("sandbox.docker.runtime", "'runsc'"),
              Map.entry("sandbox.docker.memory", "'512MB'"),
              Map.entry("sandbox.docker.cpus", "0.5"),
              Map.entry("sandbox.docker.pids", "32"),
              Map.entry("sandbox.docker.tmp", "'32MB'"),
              Map.entry("sandbox.docker.max", "9"),
              Map.entry("sandbox.docker.spares", "1"),
              Map.entry("sandbox.docker.idle", "'1m'"),
              Map.entry("sandbox.docker.calls", "7"),
              Map.entry("sandbox.docker.age", "'1h'"),
              Map.entry("tools.policy", "'rules.toml'"),
              Map.entry("tools.secrets", "['WEATHER_KEY=w-123456']"),
              Map.entry("tools.keep-calls", "'7d'"),
              Map.entry("tools.max-calls", "5000"),
              Map.entry("tools.max-listed", "30"),
              Map.entry("mcp.max-sessions", "9"),
              Map.entry("mcp.session-idle", "'2h'"),
              Map.entry("mcp.turn-idle", "'3m'"),
              Map.entry("mcp.catalog", "'conformance'"),
              Map.entry("mcp.servers", "'/etc/mneme/servers.json'"),
              Map.entry("mcp.hosts", "['intern.example:8080']"),
              Map.entry("mcp.stdio-over-api", "'allow'"),
              Map.entry("owner.idle-exit", "'1d'"),
              Map.entry("models.default-model", "'openai/gpt-5'"),
              Map.entry("models.limits", "['openai/mine=32768/4096+reasoning-tools']"),
              Map.entry("models.silence", "'30s'"),
              Map.entry("models.openai.api-key", "'o-123456'"),
              Map.entry("models.openai.base-url", "'https://openai.example.com/v1'"),
              Map.entry("models.anthropic.api-key", "'a-123456'"),
              Map.entry("models.anthropic.base-url", "'https://anthropic.example.com'"),
              Map.entry("models.gemini.api-key", "'g-123456'"),
              Map.entry("models.gemini.base-url", "'https://gemini.example.com'"),
              Map.entry("models.ollama.api-key", "'l-123456'"),
              Map.entry("models.ollama.base-url", "'http://localhost:11434'")));

  @TempDir Path data;

  @Test
  void everyComponentIsASettingAndEverySettingIsTested() throws Exception {
    Map<String, Object> components = components(load(""));
    assertThat(components.keySet()).containsExactlyInAnyOrderElementsOf(OTHER.keySet());
    assertThat(load("").report().lines().stream().map(ConfigReport.Line::key))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("data", "secret-key"), OTHER.keySet().stream()).toList());
  }

  @TestFactory
  Stream<DynamicTest> everySettingCanBeSetInTheFileAndTheEnvironmentAndByAFlag() {
    return OTHER.entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getKey(), entry.getValue())));
  }

  private void check(String key, String toml) throws Exception {
    Object standard = components(load("")).get(key);
    Config fromFile = load(toml(key, toml));
    Object value = components(fromFile).get(key);
    assertThat(value).isNotEqualTo(standard);
    assertThat(origin(fromFile, key)).isEqualTo("mneme.toml");

    String plain = toml.replaceAll("[\\[\\]']", "");
    Map<String, String> variable = Map.of(ConfigNames.variable(key), plain);
    Config fromEnvironment = load("", Map.of(), variable);
    assertThat(components(fromEnvironment)).containsEntry(key, value);
    assertThat(origin(fromEnvironment, key)).isEqualTo(ConfigNames.variable(key));

    if (Stream.of("api-key", "auth.keys", "auth.client-secret", "tools.secrets")
        .anyMatch(key::endsWith)) {
      assertThat(fromFile.report().print()).doesNotContain(plain);
      assertThat(failure("", Map.of(key, plain), Map.of()))
          .contains(key, "command line")
          .doesNotContain(plain);
    } else {
      Config fromFlag = load("", Map.of(key, plain), Map.of());
      assertThat(components(fromFlag)).containsEntry(key, value);
      assertThat(origin(fromFlag, key)).isEqualTo("command line");
    }
  }

  @Test
  void theReferencePageNamesEverySettingWithItsDefault() throws Exception {
    List<String> page = Files.readAllLines(Path.of("docs/reference/configuration.md"));
    for (ConfigReport.Line line : load("").report().lines()) {
      String standard = line.key().equals("data") ? "~/.mneme" : line.value();
      String shown = standard.isEmpty() ? "" : '`' + standard + '`';
      assertThat(page)
          .as(line.key())
          .anyMatch(row -> row.startsWith("| `" + line.key() + "` | " + shown + " | "));
    }
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws Exception {
    String file = "[server]\nport = 1001\n";
    Map<String, String> variable = Map.of("MNEME_SERVER_PORT", "1002");
    assertThat(load(file).server().port()).isEqualTo(1001);
    assertThat(load(file, Map.of(), variable).server().port()).isEqualTo(1002);
    assertThat(load(file, Map.of("server.port", "1003"), variable).server().port()).isEqualTo(1003);
  }

  @Test
  void theUsualVariablesOfProvidersAreTaken() throws Exception {
    Config config =
        load(
            "",
            Map.of(),
            Map.of(
                "OPENAI_API_KEY", "o-123456",
                "OPENAI_BASE_URL", "https://openai.example.com/v1",
                "ANTHROPIC_API_KEY", "a-123456",
                "ANTHROPIC_BASE_URL", "https://anthropic.example.com",
                "GEMINI_API_KEY", "g-123456",
                "OLLAMA_BASE_URL", "http://localhost:11434"));
    assertThat(config.models().openai().apiKey()).map(SecretText::reveal).contains("o-123456");
    assertThat(config.models().openai().baseUrl().orElseThrow()).hasHost("openai.example.com");
    assertThat(config.models().anthropic().apiKey()).isPresent();
    assertThat(config.models().anthropic().baseUrl().orElseThrow())
        .hasHost("anthropic.example.com");
    assertThat(config.models().gemini().apiKey()).isPresent();
    assertThat(config.models().ollama().baseUrl().orElseThrow()).hasPort(11434);
    assertThat(config.toString() + config.report().print()).doesNotContain("-123456");
    assertThat(config.report().secrets()).hasSize(3);
  }

  @Test
  void variablesInTheFileAreExpanded() throws Exception {
    String file =
        """
        [server]
        host = "${HOST_NAME:-localhost}"
        port = "${PORT}"
        allowed-hosts = ["${EMPTY:-a.example.com}", "b.example.com"]
        [models.openai]
        api-key = "${KEY}"
        """;
    Config config = load(file, Map.of(), Map.of("PORT", "4711", "KEY", "o-123456", "EMPTY", ""));
    assertThat(config.server())
        .returns("localhost", ServerConfig::host)
        .returns(4711, ServerConfig::port)
        .returns(List.of("a.example.com", "b.example.com"), ServerConfig::allowedHosts);
    assertThat(config.models().openai().apiKey()).contains(new SecretText("o-123456"));
  }

  @Test
  void aVariableThatIsNotSetIsNamed() {
    assertThat(failure("[server]\nhost = '${NOWHERE}'"))
        .contains(file(), "server.host", "NOWHERE", "${NOWHERE:-default}");
    assertThat(failure("[models.openai]\napi-key = 'sk-${NOWHERE}'")).contains("NOWHERE");
  }

  @Test
  void aWrongValueIsReportedWithItsFileKeyValueAndWhatIsAllowed() {
    Map<String, String> wrong = new HashMap<>();
    wrong.put(
        "[server]\nport = '9000'",
        "server.port = \"9000\": must be a whole number from 0 to 65535");
    wrong.put("[server]\nport = 65536", "server.port = 65536");
    wrong.put("[server]\nport = 1.5", "server.port = 1.5");
    wrong.put("[server]\nport = true", "server.port = true");
    wrong.put("[server]\nport = 99999999999999999999", "server.port = 99999999999999999999");
    wrong.put("[server]\nhost = ''", "server.host = \"\"");
    wrong.put("[server]\nallowed-hosts = 'x'", "must be a list of host names");
    wrong.put("[server]\nallowed-origins = ['null']", "no wildcard and no null");
    wrong.put("[server]\nallowed-origins = ['*']", "server.allowed-origins");
    wrong.put(
        "[log]\nlevel = 'loud'", "one of \"error\", \"warn\", \"info\", \"debug\", \"trace\"");
    wrong.put("[sandbox]\nwall = 30", "such as \"500ms\", \"30s\"");
    wrong.put("[sandbox]\nwall = '2h'", "from 100ms to 1h");
    wrong.put("[sandbox]\nheap = '99TB'", "from 64MB to 16GB");
    wrong.put("[search]\nlexical-weight = nan", "a number from 0.0 to 1.0");
    wrong.put("[search]\nbase-url = 'ftp://x'", "must be a URL");
    wrong.put("[search]\nbase-url = 'http://user:secretpw@x/'", "must be a URL");
    wrong.put("[models.openai]\napi-key = 5", "models.openai.api-key must be a text");
    assertThat(wrong)
        .allSatisfy((toml, message) ->
            assertThat(failure(toml)).contains(file(), message).doesNotContain("secretpw"));
    assertThat(failure("", Map.of(), Map.of("MNEME_SERVER_PORT", "x")))
        .contains("MNEME_SERVER_PORT in the environment", "server.port = \"x\"");
  }

  @Test
  void anUnknownKeyIsNamedWithWhatWasMeant() {
    assertThat(failure("[server]\nprot = 1"))
        .contains(file(), "server.prot", "did you mean server.port?", "max-body");
    assertThat(failure("[sevrer]\nport = 1")).contains("sevrer.port", "server.port");
    assertThat(failure("nonsense = 1"))
        .contains("nonsense is not a setting", "Sections: server, auth, log");
    assertThat(failure("data = '/tmp'")).contains("--data");
    assertThat(failure("secret-key = 'x'")).contains("MNEME_SECRET_KEY");
    assertThat(failure("", Map.of("server.nothing", "1"), Map.of())).contains("server.nothing");
  }

  @Test
  void allMistakesAreReportedAtOnce() {
    assertThat(failure("[server]\nport = -1\nprot = 1\n[log]\nlevel = 3").lines()).hasSize(3);
  }

  @Test
  void whatIsNotTomlIsReportedWithItsLine() throws Exception {
    assertThat(failure("[server]\nport = 1\nport = 2")).contains(file(), "line 3");
    assertThat(failure("[server\n")).contains(file(), "not valid TOML");
    assertThat(failure("[models.openai]\napi-key = sk-verysecretverysecret"))
        .contains("line 2")
        .doesNotContain("verysecret");
    Files.write(data.resolve("mneme.toml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(failure(Map.of(), Map.of())).contains("UTF-8");
  }

  @Test
  void aVariableThatLooksLikeASettingIsWarnedAbout() throws Exception {
    Config config = load("", Map.of(), Map.of("MNEME_SERVER_PROT", "1", "MNEME_REQUIRE_ALL", "1"));
    assertThat(config.report().warnings())
        .singleElement()
        .asString()
        .contains("MNEME_SERVER_PROT", "MNEME_SERVER_PORT");
  }

  @Test
  void aProviderOfEmbeddingsNeedsAnAddressAndAModel() {
    assertThat(failure("[search]\nembeddings = 'provider'"))
        .contains("search.base-url", "search.model");
    assertThat(failure("[search]\nlexical-weight = 0\nvector-weight = 0.0")).contains("both 0");
  }

  @Test
  void furtherIssuersAreTablesWithTheSameSettings() throws Exception {
    String file =
        """
        [auth]
        issuer = "https://home.example.com"
        address = "https://mneme.example.com"
        [auth.issuers.work]
        issuer = "https://work.example.com"
        audience = ["api://mneme"]
        scopes = ["m.all=memory:read", "m.all=memory:write"]
        client-id = "mneme"
        """;
    Config config =
        load(file, Map.of(), Map.of("MNEME_AUTH_ISSUERS_WORK_CLIENT_SECRET", "work-secret-1"));
    assertThat(config.auth().settings())
        .extracting(IssuerSettings::issuer)
        .containsExactly("https://home.example.com", "https://work.example.com");
    IssuerSettings work = config.auth().settings().getLast();
    assertThat(work.audiences()).containsExactly("api://mneme");
    assertThat(work.scopes().ours(Set.of("m.all"))).containsExactly("memory:read", "memory:write");
    assertThat(work.introspection().orElseThrow().client()).isEqualTo("mneme");
    assertThat(config.report().warnings()).isEmpty();
    assertThat(config + config.report().print()).doesNotContain("work-secret-1");
  }

  @Test
  void issuersThatCouldBeMistakenForOneAnotherAreRefused() {
    String asked = "client-id = 'a'\nclient-secret = 'secret-of-a-1'\n";
    assertThat(
            failure(
                "[auth]\nissuer = 'https://a.example.com'\n"
                    + asked
                    + "[auth.issuers.b]\nissuer = 'https://b.example.com'\n"
                    + asked))
        .contains("only one issuer may be asked")
        .doesNotContain("secret-of-a-1");
    String twice = "issuer = 'https://a.example.com'\n";
    assertThat(failure("[auth]\n" + twice + "[auth.issuers.b]\n" + twice))
        .contains("each issuer may stand there once");
    assertThat(failure("[auth.issuers.b]\naudience = ['x']"))
        .contains("auth.issuers.b.issuer is missing");
    assertThat(failure("[auth]\n" + twice + "client-id = 'a'")).contains("given together");
    assertThat(failure("[auth]\nscopes = ['nothing']")).contains("THEIRS=OURS");
    assertThat(failure("[auth.issuers.b]\nisuer = 'https://b.example.com'"))
        .contains("auth.issuers.b.isuer is not a setting");
  }

  @Test
  void theSecretKeyComesFromTheEnvironment() throws Exception {
    Config config = load("", Map.of(), Map.of("MNEME_SECRET_KEY", "0123456789"));
    assertThat(config.secretKey()).contains(new SecretText("0123456789"));
    assertThat(config.report().print()).contains("secret-key").doesNotContain("0123456789");
  }

  @Test
  void theDataFolderIsInTheHomeUnlessChosen() {
    Map<String, String> home = Map.of("HOME", "/home/ada");
    assertThat(Config.dataFolder(Map.of(), home)).isEqualTo(Path.of("/home/ada/.mneme"));
    assertThat(Config.dataFolder(Map.of(), Map.of("MNEME_DATA", "/srv/m")))
        .isEqualTo(Path.of("/srv/m"));
    assertThat(Config.dataFolder(Map.of("data", "/x"), Map.of("MNEME_DATA", "/srv/m")))
        .isEqualTo(Path.of("/x"));
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> Config.dataFolder(Map.of("data", "a\0b"), Map.of()));
  }

  private Config load(String toml) throws Exception {
    return load(toml, Map.of(), Map.of());
  }

  private Config load(String toml, Map<String, String> flags, Map<String, String> environment)
      throws Exception {
    Files.writeString(data.resolve("mneme.toml"), toml);
    Map<String, String> all = new HashMap<>(flags);
    all.put("data", data.toString());
    return Config.load(all, environment);
  }

  private String failure(String toml) {
    return failure(toml, Map.of(), Map.of());
  }

  private String failure(String toml, Map<String, String> flags, Map<String, String> environment) {
    try {
      Files.writeString(data.resolve("mneme.toml"), toml);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    return failure(flags, environment);
  }

  private String failure(Map<String, String> flags, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(flags);
    all.put("data", data.toString());
    List<String> messages = new ArrayList<>();
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> Config.load(all, environment))
        .returns("invalid_configuration", MnemeException::code)
        .satisfies(e -> messages.add(e.message()));
    return messages.getFirst();
  }

  private String file() {
    return data.resolve("mneme.toml").toString();
  }

  private static String toml(String key, String value) {
    int dot = key.lastIndexOf('.');
    return "[" + key.substring(0, dot) + "]\n" + key.substring(dot + 1) + " = " + value + "\n";
  }

  private static String origin(Config config, String key) {
    return config.report().lines().stream()
        .filter(line -> line.key().equals(key))
        .map(ConfigReport.Line::origin)
        .findFirst()
        .orElseThrow();
  }

  /** The leaves of all sections by their keys. */
  private static Map<String, Object> components(Config config) throws Exception {
    Map<String, Object> leaves = new TreeMap<>();
    for (RecordComponent section : Config.class.getRecordComponents()) {
      if (!Set.of("data", "secretKey", "report").contains(section.getName())) {
        collect(section.getName(), section.getAccessor().invoke(config), leaves);
      }
    }
    // Tables that the operator names have a test of their own.
    leaves.remove("auth.issuers");
    return leaves;
  }

  private static void collect(String prefix, Object section, Map<String, Object> leaves)
      throws Exception {
    for (RecordComponent part : section.getClass().getRecordComponents()) {
      String key =
          prefix
              + '.'
              + part.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
      Object value = part.getAccessor().invoke(section);
      if (value instanceof Record nested) {
        collect(key.equals("auth.first") ? prefix : key, nested, leaves);
      } else {
        leaves.put(key, value);
      }
    }
  }
}
