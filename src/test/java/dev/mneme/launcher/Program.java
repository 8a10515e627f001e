package dev.mneme.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A started {@code mneme}, with its three streams. Closing ends it and all it started itself. */
public final class Program implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String END = "\u0000end";

  private final Process process;
  private final Writer in;
  private final Path errors;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Program(Process process, Path errors) {
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.errors = errors;
    Thread.ofVirtual().start(this::read);
  }

  public static Program start(Path launcher, String... arguments) {
    return start(Map.of(), launcher, arguments);
  }

  public static Program start(Map<String, String> environment, Path launcher, String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    try {
      Path errors = Files.createTempFile("mneme-it", ".err");
      ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
      builder.environment().putAll(environment);
      builder.redirectError(Redirect.to(errors.toFile()));
      return new Program(builder.start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        lines.add(line);
      }
    } catch (IOException _) {
      // The process was destroyed by the test.
    }
    lines.add(END);
  }

  public Process process() {
    return process;
  }

  public void send(String line) {
    try {
      in.write(line + "\n");
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line on stdout. */
  public String line() {
    try {
      String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (line == null || line.equals(END)) {
        throw new AssertionError("no line on stdout; stderr: " + errors());
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Sends a request and returns its answer, passing over what else arrives before. */
  public JsonNode request(int id, String method, String params) {
    send(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id
            + ",\"method\":\""
            + method
            + "\",\"params\":"
            + params
            + "}");
    return answer(id);
  }

  public JsonNode answer(int id) {
    while (true) {
      JsonNode message = Json.parse(line());
      if (!message.has("method") && message.path("id").asInt(-1) == id) {
        return message;
      }
    }
  }

  /** The first words of every MCP client; returns the answer to initialize. */
  public JsonNode handshake() {
    JsonNode answer =
        request(
            0,
            "initialize",
            "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"it\",\"version\":\"1\"}}");
    send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    return answer;
  }

  /** Closes stdin and waits for the end; returns the exit code. */
  public int finish() {
    try {
      in.close();
    } catch (IOException _) {
      // It had ended before.
    }
    return exit();
  }

  public int exit() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still running; stderr: " + errors());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** All of stdout that was not read yet, once the program has ended. */
  public String rest() {
    exit();
    StringBuilder rest = new StringBuilder();
    try {
      for (String line = lines.take(); !line.equals(END); line = lines.take()) {
        rest.append(line).append('\n');
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return rest.toString();
  }

  public String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      Files.deleteIfExists(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
