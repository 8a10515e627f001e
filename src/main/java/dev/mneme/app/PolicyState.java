package dev.mneme.app;

import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.policy.PolicyFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the policy file is.
 *
 * @param good whether a server would start with it
 */
public record PolicyState(boolean good, String text) {
  public static PolicyState of(Config config, Build build) {
    Path file = ToolHost.policyFile(config, build);
    if (!Files.exists(file)) {
      return new PolicyState(
          true, "no " + file + ": the server's limits count, nothing is granted");
    }
    try {
      PolicyFile.open(file, System::nanoTime);
      return new PolicyState(true, file + " can be read");
    } catch (MnemeException e) {
      return new PolicyState(false, e.message() + " Mend it, or move it away.");
    }
  }
}
