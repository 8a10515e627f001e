package dev.mneme.sandbox.gate;

import dev.mneme.secret.SecretText;
import dev.mneme.tool.Caller;
import java.util.Optional;

/** Where the values of granted secrets are. Thread-safe. */
@FunctionalInterface
public interface ToolSecrets {
  /** There are none. */
  ToolSecrets NONE = (caller, name) -> Optional.empty();

  Optional<SecretText> find(Caller caller, String name);
}
