package dev.mneme.sandbox.docker;

import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.ToolCalls;
import dev.mneme.tool.Trust;
import java.time.Duration;

/** A process with a sandbox that runs one script again and again until it is killed. */
final class KilledServer {
  private KilledServer() {}

  public static void main(String[] args) {
    DockerSandbox sandbox = TestingDocker.sandbox(args[0], HostCalls.DENIED);
    sandbox.warm();
    while (true) {
      sandbox.call(
          ToolCalls.script(
              ToolCalls.ALICE, Trust.UNTRUSTED, args[1], ToolCalls.wall(Duration.ofMinutes(1))));
    }
  }
}
