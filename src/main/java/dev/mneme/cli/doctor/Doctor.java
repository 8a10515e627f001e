package dev.mneme.cli.doctor;

import dev.mneme.app.Build;
import dev.mneme.app.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All checks. */
public final class Doctor {
  private Doctor() {}

  public static List<Check> examine(Config config, Build build, Map<String, String> environment) {
    List<Check> checks = new ArrayList<>(new MachineChecks(environment, build).run());
    checks.addAll(
        new EngineChecks(
                config.sandbox().docker().host(), config.sandbox().packages(), environment, build)
            .run());
    checks.add(PlaceCheck.run(config));
    checks.add(ServersCheck.run(config, build));
    checks.addAll(new FolderChecks(config, build).run());
    config.report().warnings().forEach(warning -> checks.add(Check.note("settings", warning)));
    return List.copyOf(checks);
  }
}
