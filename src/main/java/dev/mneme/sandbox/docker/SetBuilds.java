package dev.mneme.sandbox.docker;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Builds of images, one after the other on a thread of their own and each once, however many wait
 * for it. Thread-safe.
 */
final class SetBuilds {
  private static final int MAX_WAITING = 8;
  private static final Duration REST = Duration.ofSeconds(5);

  private final Duration patience;
  private final Map<String, CompletableFuture<Void>> underWay = new HashMap<>();
  private final ThreadPoolExecutor builder =
      new ThreadPoolExecutor(
          1,
          1,
          REST.toMillis(),
          TimeUnit.MILLISECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("packages-build").factory());

  /**
   * @param patience how long a caller waits; a build that takes longer goes on without it
   */
  SetBuilds(Duration patience) {
    this.patience = patience;
    builder.allowCoreThreadTimeOut(true);
  }

  /** One build. */
  @FunctionalInterface
  interface Build {
    void run() throws IOException;
  }

  /**
   * Waits until an image is built; begins to where nobody has.
   *
   * @throws MnemeException as the build does, or when it takes too long
   */
  void await(String image, Build build) throws IOException {
    try {
      begin(image, build).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw MnemeException.unavailable(
          "packages_being_built",
          "The packages are being built, which takes longer than "
              + patience.toSeconds()
              + " s. Run the code again in a moment.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MnemeException.unavailable(
          "cancelled", "The call was cancelled while its packages were built.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MnemeException known) {
        throw known;
      }
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  private synchronized CompletableFuture<Void> begin(String image, Build build) {
    CompletableFuture<Void> known = underWay.get(image);
    if (known != null) {
      return known;
    }
    if (underWay.size() >= MAX_WAITING) {
      throw MnemeException.limit(
          "packages_being_built",
          "Other packages are being built, and " + MAX_WAITING + " sets is the most that may be.");
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    underWay.put(image, done);
    builder.execute(() -> run(image, build, done));
    return done;
  }

  private void run(String image, Build build, CompletableFuture<Void> done) {
    try {
      build.run();
      end(image);
      done.complete(null);
    } catch (IOException | RuntimeException e) {
      end(image);
      done.completeExceptionally(e);
    }
  }

  private synchronized void end(String image) {
    underWay.remove(image);
  }
}
