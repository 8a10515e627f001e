package dev.mneme.sandbox.docker;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for the image when it is first needed and makes it where it is not there, in the
 * background: pulling its base may take minutes. Thread-safe.
 *
 * <p>An attempt that failed is made again with the next question.
 */
public final class PreparedImage implements ImageSource {
  private static final Logger log = LoggerFactory.getLogger(PreparedImage.class);

  /** Looking takes a few milliseconds, building on a base that is there about a second. */
  private static final long PATIENCE_MILLIS = 5_000;

  private final Maker maker;
  private @Nullable CompletableFuture<Image> attempt;
  private volatile String step = "looking for it";

  /** Finds or makes the image; it may take minutes. */
  public interface Maker {
    /**
     * @param progress told in words what is being done
     * @throws MnemeException when it is not there and cannot be made, saying what to do
     */
    Image make(Consumer<String> progress);
  }

  public PreparedImage(Maker maker) {
    this.maker = maker;
  }

  @Override
  public Image image() throws IOException {
    try {
      return current().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the sandbox image is not ready yet: " + step, e);
    } catch (ExecutionException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server is stopping", e);
    }
  }

  /** As {@link #image}, but waits as long as it takes. */
  public Image await() throws IOException {
    try {
      return current().get();
    } catch (ExecutionException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server is stopping", e);
    }
  }

  /** What is being done, in words. */
  public String step() {
    return step;
  }

  @Override
  public synchronized void gone() {
    attempt = null;
  }

  private synchronized CompletableFuture<Image> current() {
    CompletableFuture<Image> last = attempt;
    if (last != null && !last.isCompletedExceptionally()) {
      return last;
    }
    CompletableFuture<Image> next = new CompletableFuture<>();
    attempt = next;
    Thread.ofPlatform().daemon().name("sandbox-image").start(() -> make(next));
    return next;
  }

  private void make(CompletableFuture<Image> result) {
    try {
      result.complete(maker.make(this::say));
    } catch (MnemeException e) {
      // What follows it in a message brings the full stop.
      result.completeExceptionally(new IOException(e.message().replaceFirst("\\.$", ""), e));
    } catch (RuntimeException e) {
      log.error("Making the sandbox image failed.", e);
      result.completeExceptionally(new IOException("the sandbox image: " + e.getMessage(), e));
    }
  }

  private void say(String what) {
    step = what;
    log.info("Sandbox image: {}", what);
  }

  private static IOException failed(ExecutionException e) {
    return e.getCause() instanceof IOException known
        ? new IOException(known.getMessage(), known)
        : new IOException("the sandbox image cannot be had", e);
  }
}
