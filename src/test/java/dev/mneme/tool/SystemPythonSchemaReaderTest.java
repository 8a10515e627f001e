package dev.mneme.tool;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** The deriver on the machine's own Python, where there is one: it must not need GraalPy. */
class SystemPythonSchemaReaderTest extends SchemaReaderContract {
  @BeforeAll
  static void needsPython() {
    Assumptions.assumeTrue(SystemPython.exists(), "no python3 of 3.11 or newer on this machine");
  }

  @Override
  ToolBackend backend() {
    return new SystemPython();
  }
}
