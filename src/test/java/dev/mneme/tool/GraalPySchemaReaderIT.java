package dev.mneme.tool;

import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.graalpy.GraalPySandbox;
import dev.mneme.sandbox.graalpy.PackagedWorkers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The deriver where the product runs it: in a GraalPy worker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GraalPySchemaReaderIT extends SchemaReaderContract {
  private GraalPySandbox sandbox;

  @BeforeAll
  void open(@TempDir Path data) {
    sandbox = new GraalPySandbox(PackagedWorkers.settings(data), HostCalls.DENIED);
  }

  @AfterAll
  void close() {
    sandbox.close();
  }

  @Override
  ToolBackend backend() {
    return sandbox;
  }
}
