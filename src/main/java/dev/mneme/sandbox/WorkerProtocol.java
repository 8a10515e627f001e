package dev.mneme.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.InputFile;
import dev.mneme.tool.InputFiles;
import dev.mneme.tool.ToolLimits;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Turns messages into lines and back. Whatever a worker sends that is not a message of the protocol
 * is a {@link ProtocolException}.
 */
final class WorkerProtocol {
  static final int VERSION = 1;

  /** The longest line a worker may send while it runs no call. */
  static final int IDLE_LINE = 65_536;

  private static final int BRIDGE_LINE = 2_500_000;
  private static final int SLACK = 262_144;

  private WorkerProtocol() {}

  /** A worker broke the rules. */
  static final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
      super(message);
    }
  }

  /**
   * The longest line a worker may send during a call. Escaping doubles JSON text at worst, and
   * turns one printed character into six.
   */
  static int lineLimit(ToolLimits limits) {
    long need = 2L * limits.result() + 6L * limits.output() + SLACK;
    return (int) Math.min(Integer.MAX_VALUE - 16, Math.max(need, BRIDGE_LINE));
  }

  static byte[] call(String id, Work work) {
    ObjectNode call = message("call");
    call.put("id", id);
    call.put("kind", work.kind().name().toLowerCase(Locale.ROOT));
    call.put("name", work.code().name());
    call.put("source", work.code().source());
    call.put("sha256", work.code().sha256());
    call.put("function", work.function());
    call.put("arguments", work.arguments());
    call.put("files", files(work.call().setup().files()));
    call.put("space", work.owner().id());
    call.put("output", work.limits().output());
    call.put("result", work.limits().result());
    call.put("cpu", work.limits().cpu().toMillis());
    return line(call);
  }

  /** A line for each: its content in base64, a space, its name. */
  private static String files(InputFiles files) {
    StringBuilder lines = new StringBuilder();
    for (InputFile file : files.files()) {
      lines.append(file.base64()).append(' ').append(file.name()).append('\n');
    }
    return lines.toString();
  }

  static byte[] bridgeResult(long request, String payload) {
    return line(
        message("bridge_result").put("request", request).put("ok", true).put("payload", payload));
  }

  static byte[] bridgeRefusal(long request, String reason) {
    return line(
        message("bridge_result").put("request", request).put("ok", false).put("message", reason));
  }

  static WorkerMessage read(byte[] line) throws ProtocolException {
    JsonNode node;
    try {
      node = Json.parse(line);
    } catch (MnemeException e) {
      throw new ProtocolException("it sent a line that is not JSON");
    }
    return switch (text(node, "type")) {
      case "hello" ->
          new WorkerMessage.Hello(
              (int) number(node, "protocol"),
              text(node, "backend"),
              text(node, "version"),
              text(node, "capabilities"));
      case "ready" -> new WorkerMessage.Ready((int) number(node, "left"));
      case "result" -> result(node);
      case "output" ->
          new WorkerMessage.Output(text(node, "id"), text(node, "stdout"), text(node, "stderr"));
      case "artifact" -> file(node);
      case "log" ->
          new WorkerMessage.Log(text(node, "id"), text(node, "level"), text(node, "message"));
      case "progress" ->
          new WorkerMessage.Progress(
              text(node, "id"),
              number(node, "progress"),
              number(node, "total"),
              text(node, "message"));
      case "bridge" ->
          new WorkerMessage.Bridge(
              text(node, "id"),
              (long) number(node, "request"),
              text(node, "operation"),
              text(node, "payload"));
      default -> throw new ProtocolException("it sent a message of an unknown type");
    };
  }

  private static WorkerMessage file(JsonNode node) throws ProtocolException {
    try {
      return new WorkerMessage.File(
          text(node, "id"), Artifact.of(text(node, "name"), text(node, "data")));
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("it sent a file that is not base64");
    }
  }

  private static WorkerMessage result(JsonNode node) throws ProtocolException {
    String status = text(node, "status");
    boolean ok = status.equals("ok");
    return new WorkerMessage.Result(
        text(node, "id"),
        status,
        text(node, ok ? "value" : "message"),
        ok ? "" : text(node, "traceback"),
        text(node, "stdout"),
        text(node, "stderr"),
        (long) number(node, "dropped"),
        next(text(node, "next")));
  }

  private static WorkerMessage.Next next(String text) throws ProtocolException {
    return switch (text) {
      case "ready" -> WorkerMessage.Next.READY;
      case "warming" -> WorkerMessage.Next.WARMING;
      case "retire" -> WorkerMessage.Next.RETIRE;
      default -> throw new ProtocolException("it said what comes next in an unknown way");
    };
  }

  private static String text(JsonNode node, String key) throws ProtocolException {
    JsonNode value = node.get(key);
    if (value == null || !value.isTextual()) {
      throw new ProtocolException("it sent a message without the text " + key);
    }
    return value.textValue();
  }

  private static double number(JsonNode node, String key) throws ProtocolException {
    JsonNode value = node.get(key);
    if (value == null || !value.isNumber()) {
      throw new ProtocolException("it sent a message without the number " + key);
    }
    return value.doubleValue();
  }

  private static ObjectNode message(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static byte[] line(ObjectNode message) {
    return (Json.write(message) + '\n').getBytes(StandardCharsets.UTF_8);
  }
}
