package dev.mneme.model.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final String STREAM =
      ": hello\n\ndata: one\n\nevent: named\r\ndata: two\r\ndata: more\r\n\r\nid: 5\rdata:thrée\r\r"
          + "event: empty\n\ndata:\n\ndata: last";

  @Test
  void eventsAreReadWhateverTheirLinesEndWith() throws IOException {
    for (int step = 1; step < 20; step++) {
      assertThat(read(new Trickle(STREAM, step)))
          .as("%d bytes at a time", step)
          .containsExactly(
              new EventStream.Event("", "one"),
              new EventStream.Event("named", "two\nmore"),
              new EventStream.Event("", "thrée"),
              new EventStream.Event("", ""),
              new EventStream.Event("", "last"));
    }
  }

  @Test
  void anEventIsHandedOutBeforeAnythingFollowsIt() throws IOException {
    EventStream events =
        new EventStream(
            new java.io.SequenceInputStream(
                new ByteArrayInputStream("data: x\r\n\r\n".getBytes(StandardCharsets.UTF_8)),
                new Silent()));
    assertThat(events.next()).contains(new EventStream.Event("", "x"));
    assertThatThrownBy(events::next).isInstanceOf(IOException.class);
  }

  @Test
  void nothingIsNoEvent() throws IOException {
    assertThat(read(new Trickle("", 5))).isEmpty();
    assertThat(read(new Trickle("\n\n: x\n\n", 5))).isEmpty();
  }

  private static List<EventStream.Event> read(InputStream in) throws IOException {
    EventStream stream = new EventStream(in);
    List<EventStream.Event> events = new ArrayList<>();
    for (Optional<EventStream.Event> e = stream.next(); e.isPresent(); e = stream.next()) {
      events.add(e.get());
    }
    return events;
  }

  /** Must not be read. */
  private static final class Silent extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("asked for more than was needed");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }
  }

  /** Gives a few bytes at a time. */
  private static final class Trickle extends InputStream {
    private final InputStream in;
    private final int step;

    Trickle(String text, int step) {
      this.in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      this.step = step;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, Math.min(step, length));
    }
  }
}
