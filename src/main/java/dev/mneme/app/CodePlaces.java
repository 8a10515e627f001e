package dev.mneme.app;

import dev.mneme.app.UntrustedPlace.Decision;
import dev.mneme.app.UntrustedPlace.Kind;
import dev.mneme.sandbox.docker.DockerSandbox;
import dev.mneme.sandbox.docker.PreparedImage;
import dev.mneme.sandbox.graalpy.GraalPySandbox;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Reason;
import dev.mneme.tool.Trust;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends each call to the place where its code may run: trusted code to GraalPy, untrusted code to
 * where it was decided once, in the background, when the first such call came. Thread-safe.
 */
final class CodePlaces implements ToolBackend, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final GraalPySandbox graalpy;
  private final DockerSandbox docker;
  private final PreparedImage image;
  private final UntrustedPlace place;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final AtomicBoolean noted = new AtomicBoolean();
  private final CompletableFuture<Decision> decision = new CompletableFuture<>();

  CodePlaces(
      GraalPySandbox graalpy, DockerSandbox docker, PreparedImage image, UntrustedPlace place) {
    this.graalpy = graalpy;
    this.docker = docker;
    this.image = image;
    this.place = place;
  }

  @Override
  public ToolOutcome call(ToolCall call) {
    if (call.grants().container()) {
      return contained(call);
    }
    if (call.code().trust() == Trust.TRUSTED) {
      return graalpy.call(call);
    }
    try {
      Decision decided = decision().get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
      return switch (decided.kind()) {
        case CONTAINERS -> contained(call);
        case GRAALPY -> graalpy.call(call);
        case NOWHERE ->
            failed(Reason.UNAVAILABLE, "Untrusted code cannot run here: " + decided.why() + ".");
      };
    } catch (TimeoutException e) {
      return failed(
          Reason.UNAVAILABLE,
          "The containers for untrusted code are not ready yet: "
              + image.step()
              + ". Try again in a while.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(Reason.CANCELLED, "The call was cancelled while it waited.");
    } catch (ExecutionException e) {
      return failed(Reason.UNAVAILABLE, "Untrusted code cannot run here; see the log.");
    }
  }

  /** Starts the warm workers in the background. */
  void warm() {
    graalpy.warmTrusted();
    CompletableFuture<Void> _ =
        decision()
            .thenAccept(decided -> {
              switch (decided.kind()) {
                case CONTAINERS -> docker.warm();
                case GRAALPY -> graalpy.warm();
                case NOWHERE -> graalpy.warmTrusted();
              }
            });
  }

  /** Where untrusted code runs, once that is known. */
  Optional<Kind> untrusted() {
    return decision.isDone() && !decision.isCompletedExceptionally()
        ? Optional.of(decision.join().kind())
        : Optional.empty();
  }

  @Override
  public void close() {
    graalpy.close();
    docker.close();
  }

  private ToolOutcome contained(ToolCall call) {
    ToolOutcome outcome = docker.call(call);
    boolean ran = !(outcome instanceof Failure failure && failure.reason() == Reason.UNAVAILABLE);
    if (ran && noted.compareAndSet(false, true)) {
      place.memo().write();
    }
    return outcome;
  }

  private CompletableFuture<Decision> decision() {
    if (asked.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("untrusted-place").start(this::decide);
    }
    return decision;
  }

  private void decide() {
    try {
      decision.complete(place.decide());
    } catch (RuntimeException e) {
      decision.completeExceptionally(e);
    }
  }

  private static Failure failed(Reason reason, String message) {
    return new Failure(reason, message, "", "", "");
  }
}
