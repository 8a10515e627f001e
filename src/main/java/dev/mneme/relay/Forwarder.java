package dev.mneme.relay;

import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes the client's lines on to an owner, and takes the session to the next owner when one ends.
 *
 * <p>Requests under way when an owner ends fail at once. The next owner is looked for quietly for a
 * while, because it may be taking over just now; one is started only when the client asks for
 * something.
 */
final class Forwarder implements Runnable {
  static final String LOST =
      "The Mneme server ended while this request was under way, so it may or may not have taken"
          + " effect. The next request reaches a new server; look before repeating a change.";
  private static final String OWN_ID = "\"mneme-relay-";
  private static final int QUIET_LOOKS = 40;
  private static final long LOOK_EVERY_MILLIS = 250;

  private final Traffic traffic;
  private final Client client;
  private final OwnerDoor door;
  private final String hello;
  private long ownRequests;

  Forwarder(Traffic traffic, Client client, OwnerDoor door, @Nullable String agent) {
    this.traffic = traffic;
    this.client = client;
    this.door = door;
    StringBuilder line = new StringBuilder("{\"mneme\":{\"client\":\"relay\"");
    if (agent != null) {
      line.append(",\"agent\":").append(RawObject.quote(agent));
    }
    this.hello = line.append("}}\n").toString();
  }

  @Override
  public void run() {
    try {
      Link link = connect();
      while (true) {
        if (link != null) {
          serve(link);
        }
        link = reconnect();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether this answers a request the relay made itself, to move a session. */
  static boolean isOwnRequest(Message message) {
    String id = message.id();
    return message.method() == null && id != null && id.startsWith(OWN_ID);
  }

  private @Nullable Link connect() throws InterruptedException {
    try {
      return open(door.connectOrStart());
    } catch (OwnerDoor.NoOwner e) {
      System.err.println("mneme: ".concat(e.reason()));
      failWaiting(e.reason());
      return null;
    }
  }

  private @Nullable Link reconnect() throws InterruptedException {
    for (int look = 0; look < QUIET_LOOKS; look++) {
      if (traffic.awaitWaiting(LOOK_EVERY_MILLIS)) {
        return connect();
      }
      SocketChannel channel = door.connect();
      if (channel != null) {
        return open(channel);
      }
    }
    traffic.awaitWaiting();
    return connect();
  }

  private Link open(SocketChannel channel) {
    Link link = new Link(channel, traffic, client);
    Thread reader = new Thread(null, link, "owner");
    reader.setDaemon(true);
    reader.start();
    return link;
  }

  private void serve(Link link) throws InterruptedException {
    link.send(hello);
    Message greeting = traffic.greeting();
    if (greeting != null) {
      link.send(greeting.line());
      if (traffic.awaitGreeted(link)) {
        tellSession(link);
      }
    }
    Message message;
    while ((message = traffic.next(link)) != null) {
      traffic.passOn(message);
      link.send(message.line());
      if (message.is("initialize")) {
        traffic.awaitGreeted(link);
      }
    }
    for (String id : traffic.takeUnanswered()) {
      client.ownerGone(id, LOST);
    }
  }

  private void tellSession(Link link) {
    List<Message> session = traffic.session();
    for (Message message : session) {
      if (message.id() == null) {
        link.send(message.line());
      } else {
        StringBuilder again = new StringBuilder("{\"jsonrpc\":\"2.0\",\"id\":").append(OWN_ID);
        again.append(ownRequests++).append("\",\"method\":\"").append(message.method());
        again.append("\",\"params\":{\"uri\":").append(message.params().raw("uri")).append("}}\n");
        link.send(again.toString());
      }
    }
  }

  private void failWaiting(String reason) {
    for (String id : traffic.takeWaiting()) {
      client.ownerGone(id, reason);
    }
  }
}
