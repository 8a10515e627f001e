package dev.mneme.sandbox.docker;

import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.bridge.BridgeContract;
import dev.mneme.tool.ToolBackend;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The bridge, asked by containers. */
class DockerBridgeIT extends BridgeContract {
  private @Nullable DockerSandbox sandbox;

  @Override
  protected ToolBackend open(HostCalls host, Path data) throws IOException {
    DockerHere.require();
    sandbox = TestingDocker.sandbox(TestingDocker.sizes(4, 1), host);
    return sandbox;
  }

  @AfterAll
  void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }
}
