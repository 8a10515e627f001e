package dev.mneme.mcp.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that take a request for a stream and never begin to answer. */
@Timeout(120)
class ClosingTest {
  private static final int LONG_MILLIS = 30_000;
  private static final Inbox DEAF =
      new Inbox() {
        @Override
        public void message(ObjectNode message, OptionalLong within) {}

        @Override
        public void failed(JsonNode id, CallFailed failure) {}

        @Override
        public void closed(String reason) {}
      };

  private ServerSocket silent;
  private OutboundClient http;
  private HttpDoor door;

  @BeforeEach
  void start() throws IOException {
    silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    silent.setSoTimeout(LONG_MILLIS);
    URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/mcp");
    http = new OutboundClient(NetPolicy.PUBLIC_ONLY.naming(url));
    door = new HttpDoor(url, Map.of(), http, Access.NONE);
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    silent.close();
  }

  @Test
  void closingEndsTheWaitForAStreamOfEvents() throws IOException {
    SseTransport transport = new SseTransport(door);
    transport.open(DEAF);
    hangsUp(transport);
  }

  @Test
  void closingEndsTheWaitForTheStreamBesideTheRequests() throws IOException {
    HttpTransport transport = new HttpTransport(door);
    transport.open(DEAF);
    transport.greeted();
    hangsUp(transport);
  }

  private void hangsUp(Transport transport) throws IOException {
    try (Socket taken = silent.accept()) {
      taken.setSoTimeout(LONG_MILLIS);
      // The request is sent by then: the wait for its answer begins.
      assertThat(taken.getInputStream().read()).isEqualTo('G');
      transport.close();
      assertThat(hasEnded(taken)).isTrue();
    }
  }

  private static boolean hasEnded(Socket taken) throws IOException {
    try {
      taken.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (SocketException _) {
      // It may be ended without ado.
      return true;
    }
  }
}
