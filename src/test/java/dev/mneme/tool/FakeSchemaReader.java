package dev.mneme.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the first {@code def} as the tool; a text with {@code broken} in it has a problem. */
final class FakeSchemaReader implements SchemaReader {
  private static final Pattern FUNCTION = Pattern.compile("def (\\w+)\\(");

  final AtomicInteger reads = new AtomicInteger();
  volatile boolean available = true;
  volatile CountDownLatch gate = new CountDownLatch(0);

  static ToolSchema schema(String function) {
    ObjectNode input =
        (ObjectNode)
            Json.parse(
                """
                {"type": "object",
                 "properties": {
                   "text": {"type": "string"},
                   "count": {"type": "integer", "default": 1},
                   "mode": {"type": "string", "enum": ["a", "b"]},
                   "point": {"type": "object", "properties": {"x": {"type": "number"}},
                             "required": ["x"], "additionalProperties": false}},
                 "required": ["text"],
                 "additionalProperties": false}
                """);
    return new ToolSchema(function, "Does something.", input, java.util.Optional.empty(), false);
  }

  @Override
  public SchemaReading read(String fileName, String source) {
    reads.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!available) {
      throw MnemeException.unavailable("schema_reader_unavailable", "no worker");
    }
    Matcher matcher = FUNCTION.matcher(source);
    if (source.contains("broken") || !matcher.find()) {
      return new SchemaReading.Refused(
          List.of(new ToolProblem(fileName, 3, 7, "it is broken", "mend it")));
    }
    return new SchemaReading.Found(schema(matcher.group(1)));
  }
}
