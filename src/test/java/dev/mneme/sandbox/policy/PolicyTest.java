package dev.mneme.sandbox.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.tool.MemoryUse;
import dev.mneme.tool.ToolAsks;
import dev.mneme.tool.ToolIdentity;
import dev.mneme.tool.ToolIdentity.Source;
import dev.mneme.tool.ToolLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {
  private static final Owner OTHER = new Owner("user-11111111-1111-4111-8111-111111111111");
  private static final String HASH = "a".repeat(64);
  private static final ToolAsks ASKS =
      new ToolAsks(
          Optional.empty(),
          Optional.of(Duration.ofSeconds(20)),
          List.of("api.example.com", "other.example.com"),
          List.of("KEY", "SECOND"),
          MemoryUse.WRITE);
  private static final String GRANT =
      """
      [[tool]]
      source = "library"
      name = "weather"
      sha256 = "%s"
      network = ["api.example.com", "unasked.example.com"]
      secrets = ["KEY", "UNASKED"]
      memory = "read"
      """
          .formatted(HASH);

  @TempDir Path folder;

  @Test
  void withoutRulesNothingIsGrantedAndTheServersLimitsCount() {
    Effective library = decide("", tool(Source.LIBRARY, "weather", HASH));
    assertThat(library.hosts()).isEmpty();
    assertThat(library.secrets()).isEmpty();
    assertThat(library.limits().wall()).isEqualTo(Duration.ofSeconds(20));
    assertThat(library.limits().cpu()).isEqualTo(Duration.ofSeconds(30));
    assertThat(library.container()).isFalse();
    assertThat(decide("", tool(Source.CUSTOM, "weather", HASH)).memory()).isEqualTo(MemoryUse.NONE);
    assertThat(decide("", tool(Source.SCRIPT, "run_python", HASH)).memory())
        .isEqualTo(MemoryUse.NONE);
  }

  @Test
  void aGrantIsWhatWasAskedForAndGranted() {
    Effective effective = decide(GRANT, tool(Source.LIBRARY, "weather", HASH));
    assertThat(effective.hosts()).containsExactly("api.example.com");
    assertThat(effective.secrets()).containsExactly("KEY");
    assertThat(effective.memory()).isEqualTo(MemoryUse.READ);
    assertThat(effective.lines())
        .contains(
            new Effective.Line("secret", "not UNASKED", "p [[tool]] 1, not asked for"),
            new Effective.Line("secret", "not SECOND", "asked, not granted"),
            new Effective.Line("network", "not other.example.com", "asked, not granted"));
  }

  @Test
  void packagesNeedAContainerAndCanBeForbidden() {
    ToolIdentity script =
        ToolIdentity.script("# /// script\n# dependencies = [\"six>=1.16\"]\n# ///\nimport six\n");
    Effective allowed = decide("", script);
    assertThat(allowed.packages()).containsExactly("six>=1.16");
    assertThat(allowed.container()).isTrue();
    assertThat(allowed.lines())
        .contains(
            new Effective.Line("sandbox", "docker", "the tool's packages"),
            new Effective.Line("packages", "six>=1.16", "the tool's header"));
    assertThat(decide("[script]\npackages = false\n", script).refusal())
        .contains("The operator's policy does not allow scripts to have packages.");
    assertThat(decide("[script]\npackages = false\n", ToolIdentity.script("1")).refusal())
        .isEmpty();
    ToolIdentity custom = ToolIdentity.custom("a", "def a(): ...", List.of("yaml==6.0"));
    assertThat(decide("", custom).packages()).containsExactly("yaml==6.0");
  }

  @Test
  void changedCodeLosesItsGrants() {
    Effective effective = decide(GRANT, tool(Source.LIBRARY, "weather", "b".repeat(64)));
    assertThat(effective.hosts()).isEmpty();
    assertThat(effective.secrets()).isEmpty();
    assertThat(effective.lines())
        .anyMatch(line -> line.value().contains("the code is another one"));
  }

  @Test
  void aNameTakenOverByAnotherSourceOrOwnerInheritsNothing() {
    assertThat(decide(GRANT, tool(Source.CUSTOM, "weather", HASH)).secrets()).isEmpty();
    assertThat(decide(GRANT, tool(Source.SCRIPT, "weather", HASH)).secrets()).isEmpty();
    assertThat(decide(GRANT, tool(Source.LIBRARY, "weathers", HASH)).secrets()).isEmpty();
    String custom =
        GRANT.replace("\"library\"", "\"custom\"") + "owner = \"" + Owner.DEFAULT.id() + "\"\n";
    ToolIdentity tool = tool(Source.CUSTOM, "weather", HASH);
    assertThat(decide(custom, tool).secrets()).containsExactly("KEY");
    assertThat(PolicyReader.read("p", custom).decide(tool, OTHER, ToolLimits.DEFAULT).secrets())
        .isEmpty();
  }

  @Test
  void theStrictestOfAllLimitsCounts() {
    Effective effective =
        decide(
            """
            [library]
            timeout = "10s"
            output = 500
            sandbox = "docker"
            [[tool]]
            source = "library"
            name = "weather"
            timeout = "15s"
            result = 2000000000
            """
                .replace("2000000000", "900000000"),
            tool(Source.LIBRARY, "weather", HASH));
    assertThat(effective.limits().wall()).isEqualTo(Duration.ofSeconds(10));
    assertThat(effective.limits().output()).isEqualTo(500);
    assertThat(effective.limits().result()).isEqualTo(ToolLimits.DEFAULT.result());
    assertThat(effective.container()).isTrue();
    assertThat(effective.lines())
        .contains(new Effective.Line("timeout", "10000 ms", "p [library]"));
  }

  @Test
  void whatIsNotAllowedIsRefusedEvenWhereATableOfTheToolAllowsIt() {
    Effective effective =
        decide(
            """
            [library]
            allow = false
            [[tool]]
            source = "library"
            name = "weather"
            allow = true
            """,
            tool(Source.LIBRARY, "weather", HASH));
    assertThat(effective.refusal()).hasValueSatisfying(why -> assertThat(why).contains("weather"));
  }

  @Test
  void everyMistakeIsNamedWithTableAndKey() {
    assertThatThrownBy(() ->
            PolicyReader.read(
                "policy.toml",
                """
                untrusted = "docker"
                [library]
                timeot = "1s"
                timeout = 5
                [script]
                network = ["a.test"]
                [[tool]]
                source = "library"
                name = "weather"
                secrets = ["KEY"]
                [[tool]]
                source = "custom"
                name = "mine"
                sha256 = "%s"
                network = ["https://a.test/"]
                memory = "read"
                """
                    .formatted(HASH)))
        .isInstanceOf(MnemeException.class)
        .hasMessageContaining("policy.toml, untrusted: is no key here")
        .hasMessageContaining("policy.toml [library], timeot: is no key here")
        .hasMessageContaining("policy.toml [library], timeout: must be a time")
        .hasMessageContaining("policy.toml [script], network: is no key here")
        .hasMessageContaining("policy.toml [[tool]] 1, sha256: is missing")
        .hasMessageContaining("policy.toml [[tool]] 2, network: must be a list of hosts")
        .hasMessageContaining("policy.toml [[tool]] 2, owner: is missing");
    assertThatThrownBy(() -> PolicyReader.read("policy.toml", "[library\n"))
        .hasMessageContaining("policy.toml, line 1");
  }

  @Test
  void aChangedFileCountsAtOnceAndOneWithMistakesGrantsNothing() throws IOException {
    Path file = folder.resolve("policy.toml");
    AtomicLong now = new AtomicLong();
    PolicyFile policy = PolicyFile.open(file, now::get);
    ToolIdentity tool = tool(Source.LIBRARY, "weather", HASH);
    assertThat(decide(policy, tool).secrets()).isEmpty();

    Files.writeString(file, "[library]\noutput = 7\n" + GRANT);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(decide(policy, tool).secrets()).containsExactly("KEY");

    Files.writeString(file, GRANT + "nonsense = 1\n");
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(decide(policy, tool).secrets()).isEmpty();
    assertThat(decide(policy, tool).hosts()).isEmpty();
    assertThat(decide(policy, tool).limits().output()).isEqualTo(7);
    assertThat(policy.problem()).hasValueSatisfying(text -> assertThat(text).contains("nonsense"));

    Files.delete(file);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(decide(policy, tool).limits().output()).isEqualTo(ToolLimits.DEFAULT.output());
    assertThat(policy.problem()).isEmpty();
  }

  private static Effective decide(PolicyFile file, ToolIdentity tool) {
    return file.policy().decide(tool, Owner.DEFAULT, ToolLimits.DEFAULT);
  }

  private static Effective decide(String text, ToolIdentity tool) {
    return PolicyReader.read("p", text).decide(tool, Owner.DEFAULT, ToolLimits.DEFAULT);
  }

  private static ToolIdentity tool(Source source, String name, String hash) {
    return new ToolIdentity(source, name, hash, ASKS, false);
  }
}
