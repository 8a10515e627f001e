package dev.mneme.cli;

import dev.mneme.app.Build;
import dev.mneme.app.Config;
import dev.mneme.app.ConfigReport;
import dev.mneme.app.Logging;
import dev.mneme.app.Verification;
import dev.mneme.app.Version;
import dev.mneme.cli.doctor.Check;
import dev.mneme.cli.doctor.Doctor;
import dev.mneme.common.Json;
import dev.mneme.memory.journal.VerifyReport;
import dev.mneme.secret.SecretMask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mneme doctor}. */
@Command(
    name = "doctor",
    description = "Says what works here and what does not, and prints every setting.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Secrets are masked, so the output can be shown to others.",
      "",
      "Examples:",
      "  mneme doctor",
      "  mneme doctor --verify       also checks that nobody changed the journal of the memory",
    })
final class DoctorCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Option(names = "--verify", description = "Verify the memory's journal; needs the data folder.")
  private boolean verify;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Config config = settings.load();
    Logging.setUp(config.log(), SecretMask.of(config.report().secrets()));
    List<Check> checks = Doctor.examine(config, Build.current(), System.getenv());
    System.out.print(json ? asJson(config, checks) : asText(config, checks));
    boolean verified = !verify || verify(config);
    boolean works = checks.stream().noneMatch(check -> check.state() == Check.State.PROBLEM);
    return works && verified ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static boolean verify(Config config) {
    VerifyReport report = Verification.run(config);
    System.err.printf(
        Locale.ROOT,
        "mneme: verified %d journal rows, %d contents and %d present rows: %s%n",
        report.entries(),
        report.contents(),
        report.rows(),
        report.ok() ? "all as they were written" : report.found() + " problems");
    report
        .problems()
        .forEach(problem ->
            System.err.printf(
                Locale.ROOT,
                "  %s, journal row %d: %s (%s)%n",
                problem.where(),
                problem.sequence(),
                problem.message(),
                problem.code()));
    return report.ok();
  }

  private static String asText(Config config, List<Check> checks) {
    StringBuilder text = new StringBuilder("mneme " + Version.current() + "\n\n");
    checks.forEach(check -> text.append(check.line()).append('\n'));
    return text.append("\nSettings:\n").append(config.report().print()).toString();
  }

  private static String asJson(Config config, List<Check> checks) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (ConfigReport.Line line : config.report().lines()) {
      values.put(line.key(), Map.of("value", line.value(), "from", line.origin()));
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("version", Version.current());
    all.put("checks", checks.stream().map(DoctorCommand::asMap).toList());
    all.put("settings", values);
    return Json.write(all) + "\n";
  }

  private static Map<String, String> asMap(Check check) {
    return Map.of(
        "state", check.state().toString().toLowerCase(Locale.ROOT),
        "name", check.name(),
        "text", check.text());
  }
}
