package dev.mneme.sandbox.graalpy;

import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.bridge.BridgeContract;
import dev.mneme.tool.ToolBackend;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The bridge, asked by GraalPy workers. */
class GraalPyBridgeIT extends BridgeContract {
  private @Nullable GraalPySandbox sandbox;

  @Override
  protected ToolBackend open(HostCalls host, Path data) {
    sandbox = new GraalPySandbox(PackagedWorkers.settings(data), host);
    return sandbox;
  }

  @AfterAll
  void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }
}
