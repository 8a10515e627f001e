package dev.mneme.app;

import dev.mneme.secret.SecretText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tools may have, and what is kept of their calls.
 *
 * @param policy the policy file, where it is another one than {@code mcp-config/policy.toml}
 * @param secrets by name, for tools that are granted them
 * @param keepCalls how long a call stays in the ledger
 * @param maxCalls how many calls it holds
 * @param maxListed so many tools models are shown by their schemas; more they search for
 */
public record ToolsConfig(
    Optional<Path> policy,
    Map<String, SecretText> secrets,
    Duration keepCalls,
    int maxCalls,
    int maxListed) {
  private static final Pattern FORM = Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,127})=(.{6,4000})");

  public ToolsConfig {
    secrets = Map.copyOf(secrets);
  }

  static ToolsConfig read(ConfigReader in) {
    Map<String, SecretText> secrets = new LinkedHashMap<>();
    for (SecretText entry :
        in.secrets(
            "tools.secrets",
            FORM,
            "entries NAME=VALUE, each NAME once, of letters, digits and _, each VALUE of 6 to 4000"
                + " characters")) {
      Matcher parts = FORM.matcher(entry.reveal());
      if (parts.matches()) {
        SecretText value = new SecretText(parts.group(2));
        in.report().secret(value);
        in.check(
            secrets.putIfAbsent(parts.group(1), value) == null,
            "tools.secrets: each name may stand there once.");
      }
    }
    return new ToolsConfig(
        in.text("tools.policy").map(Path::of),
        secrets,
        in.duration(
            "tools.keep-calls", Duration.ofDays(30), Duration.ofHours(1), Duration.ofDays(3650)),
        in.integer("tools.max-calls", 100_000, 100, 10_000_000),
        in.integer("tools.max-listed", 60, 0, 100_000));
  }
}
