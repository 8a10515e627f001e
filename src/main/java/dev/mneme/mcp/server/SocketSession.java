package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.AgentCatalogs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front on one connection of the Unix socket: newline-delimited JSON-RPC, one session. When the
 * client goes, what it had under way is cancelled. Thread-safe.
 */
final class SocketSession implements Era.Line {
  private static final Logger log = LoggerFactory.getLogger(SocketSession.class);

  private final SocketChannel channel;
  private final Front front;
  private final Era.Conversation conversation;
  private final StatelessEra.Stream stream;
  private final ReentrantLock writing = new ReentrantLock();
  private final Optional<AgentCatalogs> agents;
  private boolean greeted;

  /** The agent that the relay was started for, until it is known to be there. */
  private Optional<String> wanted = Optional.empty();

  SocketSession(
      SocketChannel channel,
      Front front,
      Era era,
      StatelessEra modern,
      Optional<AgentCatalogs> agents) {
    this.agents = agents;
    this.channel = channel;
    this.front = front;
    this.conversation = era.converse(this);
    this.stream = modern.stream(this);
  }

  /** Serves until the client or the server ends the connection. */
  void serve() {
    LineReader lines = new LineReader(channel, front.limits().messageBytes());
    try {
      while (receiveNext(lines)) {
        // Each message is served or refused on its own.
      }
    } catch (IOException e) {
      log.debug("a connection ended", e);
    } finally {
      close();
    }
  }

  void close() {
    conversation.session().ifPresent(session -> front.sessions().close(session.id()));
    conversation.close();
    stream.close();
    try {
      channel.close();
    } catch (IOException e) {
      log.debug("a connection could not be closed", e);
    }
  }

  private boolean receiveNext(LineReader lines) throws IOException {
    try {
      Optional<byte[]> line = lines.next();
      if (line.isPresent() && line.get().length > 0 && !isGreeting(line.get())) {
        receive(front.read(line.get()));
      }
      return line.isPresent();
    } catch (RpcException e) {
      refuse(e.error(), e.id());
    } catch (RuntimeException e) {
      log.error("a message could not be served", e);
      refuse(RpcError.of(RpcError.INTERNAL, "Mneme failed; its log says why."), Optional.empty());
    }
    return true;
  }

  /** A relay's first line says for which agent it was started. */
  private boolean isGreeting(byte[] line) {
    boolean first = !greeted;
    greeted = true;
    Optional<Greeting> greeting = first ? Greeting.read(line) : Optional.empty();
    wanted = greeting.flatMap(Greeting::agent).or(() -> wanted);
    return greeting.isPresent();
  }

  /**
   * The agent is made at the first request, so that looking whether somebody is there makes none.
   */
  private void settle(Message.Request request) {
    if (wanted.isEmpty()) {
      return;
    }
    try {
      String id = agents.orElseThrow().named(Owner.DEFAULT, wanted.get());
      conversation.only(id);
      stream.only(id);
      wanted = Optional.empty();
    } catch (MnemeException e) {
      throw new RpcException(
          RpcError.of(RpcError.INVALID_PARAMS, "--agent: " + e.message()),
          Optional.of(request.id()));
    }
  }

  private void receive(Message message) {
    switch (message) {
      case Message.Request request -> receive(request);
      case Message.Notification note -> {
        if (note.method().equals("notifications/cancelled")) {
          stream.cancel(note.params().path("requestId"));
        }
        boolean handled =
            conversation.session().map(session -> Front.handled(session, note)).orElse(true);
        if (!handled) {
          conversation.accept(note);
        }
      }
      case Message.Response answer -> {
        if (conversation.session().map(Session::isAsking).orElse(false)) {
          conversation.answer(answer);
        }
      }
    }
  }

  private void receive(Message.Request request) {
    settle(request);
    if (Front.isModern(request, Optional.empty())) {
      Thread.ofVirtual().name("mcp-call").start(() -> serve(request));
    } else if (request.method().equals(Front.INITIALIZE)) {
      initialize(request);
    } else {
      Session session =
          conversation
              .session()
              .orElseThrow(() ->
                  new RpcException(
                      RpcError.of(RpcError.INVALID_REQUEST, "Send initialize first."),
                      Optional.of(request.id())));
      Call call = session.open(request);
      Thread.ofVirtual().name("mcp-call").start(() -> serve(call));
    }
  }

  private void initialize(Message.Request request) {
    Front.checkInitialize(request);
    if (conversation.session().isPresent()) {
      throw new RpcException(
          RpcError.of(RpcError.INVALID_REQUEST, "initialize was answered already."),
          Optional.of(request.id()));
    }
    conversation.initialize(request);
  }

  private void serve(Message.Request request) {
    try {
      stream.serve(request);
    } catch (RuntimeException e) {
      log.error("a request could not be served", e);
      refuse(
          RpcError.of(RpcError.INTERNAL, "Mneme failed; its log says why."),
          Optional.of(request.id()));
    }
  }

  private void serve(Call call) {
    try {
      conversation.serve(call);
    } catch (RuntimeException e) {
      log.error("a call could not be served", e);
      refuse(
          RpcError.of(RpcError.INTERNAL, "Mneme failed; its log says why."),
          Optional.of(call.request().id()));
    } finally {
      call.session().done(call);
    }
  }

  private void refuse(RpcError error, Optional<JsonNode> id) {
    send(error.answer(id));
  }

  @Override
  public void send(byte[] json) {
    ByteBuffer line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    writing.lock();
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      log.debug("a client went before its answer", e);
    } finally {
      writing.unlock();
    }
  }
}
