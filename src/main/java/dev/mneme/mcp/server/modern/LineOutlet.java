package dev.mneme.mcp.server.modern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.server.Era;
import java.nio.charset.StandardCharsets;

/** On a line that all requests of a client share. */
final class LineOutlet extends Outlet {
  private final Era.Line line;

  LineOutlet(Era.Line line) {
    this.line = line;
  }

  @Override
  void note(ObjectNode message) {
    if (!isCancelled()) {
      line.send(Json.write(message).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void beat() {
    // A line that breaks is noticed by whoever reads it.
  }
}
