package dev.mneme.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.tool.Trust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Workers that are threads and speak the protocol. The source of a call says how they behave: echo,
 * hang, ask, tool, die, full, garbage, endless line, wrong id, who (its number).
 */
final class TestingWorkers implements WorkerFactory {
  final List<Connection> started = new CopyOnWriteArrayList<>();
  final AtomicInteger failingStarts = new AtomicInteger();
  volatile int callsPerWorker;
  volatile Duration startDelay = Duration.ZERO;
  volatile WorkerConnection.Usage usage = new WorkerConnection.Usage(Duration.ZERO, 1_000);

  @Override
  public String name() {
    return "testing";
  }

  @Override
  public Exit meaning(int exitCode) {
    return exitCode == 3 ? Exit.OUT_OF_MEMORY : Exit.CRASHED;
  }

  @Override
  public WorkerConnection start(Trust trust) throws IOException {
    return start(trust, "");
  }

  @Override
  public WorkerConnection start(Trust trust, String image) throws IOException {
    if (failingStarts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IOException("no room");
    }
    Connection connection = new Connection(trust, image);
    started.add(connection);
    return connection;
  }

  long alive() {
    return started.stream().filter(connection -> !connection.killed).count();
  }

  /** One worker. */
  final class Connection implements WorkerConnection {
    final Trust trust;
    final String image;
    volatile boolean killed;
    private final Pipe stdinPipe = Pipe.open();
    private final Pipe stdoutPipe = Pipe.open();
    private final InputStream stdin = Channels.newInputStream(stdinPipe.source());
    private final OutputStream toStdin = Channels.newOutputStream(stdinPipe.sink());
    private final InputStream stdout = Channels.newInputStream(stdoutPipe.source());
    private final OutputStream fromWorker = Channels.newOutputStream(stdoutPipe.sink());
    private volatile int exitCode = 137;
    private int calls;

    Connection(Trust trust, String image) throws IOException {
      this.trust = trust;
      this.image = image;
      Thread.ofPlatform().daemon().name("testing-worker").start(this::work);
    }

    private void work() {
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(stdin, StandardCharsets.UTF_8))) {
        Thread.sleep(startDelay);
        say("{'type':'hello','protocol':1,'backend':'t','version':'1','capabilities':''}");
        say("{'type':'ready','left':" + callsPerWorker + "}");
        for (String line = in.readLine(); line != null && !killed; line = in.readLine()) {
          answer(Json.parse(line), in);
        }
      } catch (IOException | InterruptedException e) {
        // The server closed its end.
      } finally {
        kill();
      }
    }

    private void answer(JsonNode call, BufferedReader in) throws IOException, InterruptedException {
      String source = call.path("source").asText();
      switch (source.replaceAll(" .*", "")) {
        case "hang" -> Thread.sleep(60_000);
        case "ask" -> {
          say(
              "{'type':'bridge','id':'%s','request':1,'operation':'ask','payload':'{}'}"
                  .formatted(call.path("id").asText()));
          Thread.sleep(60_000);
        }
        case "tool" -> {
          say(
              "{'type':'bridge','id':'%s','request':1,'operation':'tool','payload':'{}'}"
                  .formatted(call.path("id").asText()));
          result(call, Json.write(Json.parse(in.readLine()).path("payload").asText()));
        }
        case "die" -> kill();
        case "full" -> {
          exitCode = 3;
          kill();
        }
        case "garbage" -> say("Terminating for no reason");
        case "endless" -> write("x".repeat(3_000_000));
        case "impostor" -> say("{'type':'log','id':'another','level':'info','message':''}");
        case "unasked" -> {
          result(call, "null");
          say("{'type':'log','id':'" + call.path("id").asText() + "','level':'a','message':''}");
        }
        case "sleep" -> {
          Thread.sleep(Long.parseLong(source.substring(6)));
          result(call, "null");
        }
        case "who" -> result(call, Integer.toString(started.indexOf(this)));
        default -> result(call, Json.write(source));
      }
    }

    private void result(JsonNode call, String value) throws IOException {
      calls++;
      boolean last = callsPerWorker > 0 && calls >= callsPerWorker;
      ObjectNode result =
          (ObjectNode)
              Json.parse(
                  "{\"type\":\"result\",\"status\":\"ok\",\"stdout\":\"\",\"stderr\":\"\",\"dropped\":0}");
      result.put("id", call.path("id").asText());
      result.put("value", value);
      boolean bounded = callsPerWorker > 0;
      result.put("next", last ? "retire" : bounded ? "warming" : "ready");
      write(Json.write(result) + "\n");
      if (bounded && !last) {
        say("{'type':'ready','left':" + (callsPerWorker - calls) + "}");
      }
    }

    private void say(String message) throws IOException {
      write(message.replace('\'', '"') + "\n");
    }

    private void write(String text) throws IOException {
      fromWorker.write(text.getBytes(StandardCharsets.UTF_8));
      fromWorker.flush();
    }

    @Override
    public OutputStream toWorker() {
      return toStdin;
    }

    @Override
    public InputStream fromWorker() {
      return stdout;
    }

    @Override
    public void kill() {
      killed = true;
      try {
        fromWorker.close();
        toStdin.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public OptionalInt exitCode(Duration wait) {
      return OptionalInt.of(exitCode);
    }

    @Override
    public Optional<Usage> usage() {
      return Optional.of(usage);
    }

    @Override
    public String diagnostics() {
      return "";
    }
  }
}
