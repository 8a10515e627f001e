package dev.mneme.relay;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** The program behind {@code mneme mcp}. */
public final class Relay {
  private static final int TOO_LONG = -32600;

  /** How long answers may still come after the client has closed its side. */
  private static final long GRACE_MILLIS = 5_000;

  private final Card card;
  private final Client client;
  private final Traffic traffic;

  private Relay(Card card, Client client, Traffic traffic) {
    this.card = card;
    this.client = client;
    this.traffic = traffic;
  }

  public static void main(String[] args) throws Exception {
    // Only protocol lines may reach standard output, whatever any library prints.
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    boolean training = args.length == 2 && args[0].equals("--train");
    RelayArguments arguments =
        RelayArguments.parse(training ? new String[] {"--data", args[1]} : args);
    if (arguments == null) {
      System.err.println("usage: mneme mcp [--data DIR] [--agent NAME]");
      System.exit(2);
      return;
    }
    Client client = new Client(out);
    Traffic traffic = new Traffic();
    if (training) {
      new RelayTraining(arguments.folder()).start();
    }
    OwnerDoor door =
        new OwnerDoor(
            arguments.folder(), training ? RelayTraining.owner() : arguments.startOwner());
    Thread forwarder =
        new Thread(null, new Forwarder(traffic, client, door, arguments.agent()), "forwarder");
    forwarder.setDaemon(true);
    forwarder.start();
    new Relay(Card.read(), client, traffic).read(new FileInputStream(FileDescriptor.in));
    traffic.awaitQuiet(GRACE_MILLIS);
    System.exit(0);
  }

  private void read(FileInputStream in) throws IOException, InterruptedException {
    Lines lines = new Lines(in, Lines.LONGEST);
    byte[] line;
    while ((line = lines.next()) != null) {
      Message message = Message.of(line);
      String id = message.id();
      if (lines.wasTooLong()) {
        client.fail(id == null ? "null" : id, TOO_LONG, "The message is longer than 16 MiB.");
      } else if (id != null && message.is("initialize")) {
        client.send(card.initialized(id, message.params()));
        traffic.add(message);
      } else if (id != null && card.discovers(message)) {
        client.send(card.discovered(id));
      } else if (!isBlank(line)) {
        traffic.add(message);
      }
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b > ' ' || b < 0) {
        return false;
      }
    }
    return true;
  }
}
