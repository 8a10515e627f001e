package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Greets one server, and finds out which generation of the protocol it speaks; remembers that for
 * the next time. Thread-safe.
 *
 * <p>The newer one is tried first, because its question harms nobody. Over HTTP a server that knows
 * it says so even when it refuses. A program of the older kind may say nothing at all to a question
 * it does not know: so after a moment the older greeting is sent too, and whatever is answered
 * counts.
 */
public final class Greeter {
  private static final Duration HEAD_START = Duration.ofSeconds(1);
  private static final int VERSION_UNKNOWN = -32022;

  /** Refusals that only a server of the newer generation knows. */
  private static final Set<Integer> NEWER = Set.of(-32020, -32021, VERSION_UNKNOWN);

  private final String version;
  private final Protocol wanted;
  private volatile Protocol known;

  /**
   * @param version of this program
   */
  public Greeter(String version, Protocol wanted) {
    this(version, wanted, Optional.empty());
  }

  /**
   * As above.
   *
   * @param before what the server spoke at another time; found out anew where it does no more
   */
  public Greeter(String version, Protocol wanted, Optional<Protocol> before) {
    this.version = version;
    this.wanted = wanted;
    this.known = wanted == Protocol.AUTO ? before.orElse(wanted) : wanted;
  }

  /** What it speaks, once that is known. */
  public Protocol known() {
    return known;
  }

  /**
   * Opens the transport and greets; nothing is left open where that fails. A program that ends at
   * the newer greeting is spoken to in the older way from its next start on.
   */
  public Connection open(Transport transport, Duration timeout, Notices notices) throws CallFailed {
    Rpc rpc = new Rpc(transport, notices);
    try {
      rpc.open();
      Greeting greeting =
          switch (known) {
            case OLDER -> older(rpc, timeout);
            case NEWER -> newer(rpc, timeout);
            case AUTO -> either(rpc, timeout);
          };
      known = rpc.era() instanceof ModernEra ? Protocol.NEWER : Protocol.OLDER;
      return Connection.of(rpc, greeting);
    } catch (CallFailed | RuntimeException e) {
      rpc.close();
      // What was remembered may have become wrong with another version of the server.
      boolean died = e instanceof CallFailed failed && failed.reason() == Reason.CLOSED;
      boolean probed = known == Protocol.AUTO && died && !transport.isRequestWise();
      known = wanted == Protocol.AUTO && probed ? Protocol.OLDER : wanted;
      throw e;
    }
  }

  private Greeting older(Rpc rpc, Duration timeout) throws CallFailed {
    Pending hello = LegacyEra.begin(rpc, version, timeout);
    return LegacyEra.finish(rpc, rpc.result(hello));
  }

  private Greeting newer(Rpc rpc, Duration timeout) throws CallFailed {
    try {
      Pending probe = ModernEra.begin(rpc, version, timeout);
      return ModernEra.finish(rpc, version, rpc.result(probe));
    } catch (CallFailed e) {
      if (e.code() != VERSION_UNKNOWN || !ModernEra.names(e.data().path("supported"))) {
        throw e;
      }
      // It refused the very revision it says it supports; asking once more is what it wants.
      Pending again = ModernEra.begin(rpc, version, timeout);
      return ModernEra.finish(rpc, version, rpc.result(again));
    }
  }

  private Greeting either(Rpc rpc, Duration timeout) throws CallFailed {
    if (!rpc.transport().isRequestWise()) {
      return race(rpc, timeout);
    }
    try {
      return newer(rpc, timeout);
    } catch (CallFailed e) {
      // Some fall over a question they do not know, and say so with an error of their own.
      boolean answered =
          e.reason() == Reason.REFUSED
              || e.reason() == Reason.BROKEN
              || e.reason() == Reason.CLOSED;
      boolean isNewer =
          NEWER.contains(e.code())
              && (e.code() != VERSION_UNKNOWN || ModernEra.names(e.data().path("supported")));
      if (!answered || isNewer) {
        throw e;
      }
      return older(rpc, timeout);
    }
  }

  private Greeting race(Rpc rpc, Duration timeout) throws CallFailed {
    Pending probe = ModernEra.begin(rpc, version, timeout);
    try {
      probe.waitFor(HEAD_START);
      Optional<ObjectNode> early = probe.result().filter(ModernEra::isSpokenBy);
      if (early.isPresent()) {
        return ModernEra.finish(rpc, version, early.get());
      }
      Pending hello = LegacyEra.begin(rpc, version, timeout);
      return both(rpc, probe, hello);
    } finally {
      rpc.forget(probe);
    }
  }

  /** Where both are answered, the newer counts: it was asked first. */
  private Greeting both(Rpc rpc, Pending probe, Pending hello) throws CallFailed {
    try {
      ObjectNode welcome = rpc.result(hello);
      Optional<ObjectNode> late = probe.result().filter(ModernEra::isSpokenBy);
      return late.isPresent()
          ? ModernEra.finish(rpc, version, late.get())
          : LegacyEra.finish(rpc, welcome);
    } catch (CallFailed e) {
      Optional<ObjectNode> late = probe.result().filter(ModernEra::isSpokenBy);
      if (late.isEmpty()) {
        throw e;
      }
      return ModernEra.finish(rpc, version, late.get());
    }
  }
}
