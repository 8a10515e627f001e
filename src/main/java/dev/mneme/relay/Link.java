package dev.mneme.relay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One connection to an owner. A thread of its own reads what the owner sends; {@link #send} is for
 * one thread. It is over when either side has closed it.
 */
final class Link implements Runnable {
  private final SocketChannel channel;
  private final Traffic traffic;
  private final Client client;
  private volatile boolean over;

  Link(SocketChannel channel, Traffic traffic, Client client) {
    this.channel = channel;
    this.traffic = traffic;
    this.client = client;
  }

  boolean isOver() {
    return over;
  }

  /** Sends a line; a failure ends the link. */
  void send(byte[] line) {
    ByteBuffer bytes = ByteBuffer.wrap(line);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException _) {
      end();
    }
  }

  void send(String line) {
    send(line.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void run() {
    try (InputStream in = Channels.newInputStream(channel)) {
      Lines lines = new Lines(in, Lines.LONGEST * 4);
      byte[] line;
      while ((line = lines.next()) != null) {
        if (!lines.wasTooLong()) {
          pass(line);
        }
      }
    } catch (IOException _) {
      // The owner is gone: what happens next is decided where the link is used.
    } finally {
      end();
    }
  }

  private void pass(byte[] line) {
    Message message = Message.of(line);
    boolean forClient = message.method() != null || traffic.isForClient(message);
    if (forClient && !Forwarder.isOwnRequest(message)) {
      client.send(line);
    }
  }

  private void end() {
    over = true;
    try {
      channel.close();
    } catch (IOException _) {
      // It is closed as far as anybody can tell.
    }
    traffic.wake();
  }
}
