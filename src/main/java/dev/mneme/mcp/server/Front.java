package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.catalog.ServerCard;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Sees every message of every client first: reads it, decides the protocol era, and keeps sessions
 * and calls. Thread-safe.
 */
public final class Front {
  static final String INITIALIZE = "initialize";
  static final String INITIALIZED = "notifications/initialized";

  /** From this revision on there is no {@code initialize}; revisions are dates and sort as text. */
  private static final String MODERN = "2026-07-28";

  private static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";

  private final FrontLimits limits;
  private final MessageReader reader;
  private final Sessions sessions;
  private final List<String> versions;

  /**
   * @param clock nanoseconds of a monotonic clock
   */
  public Front(ServerCard card, FrontLimits limits, RandomGenerator random, LongSupplier clock) {
    this.limits = limits;
    this.reader = new MessageReader(limits);
    this.sessions = new Sessions(limits, random, clock);
    this.versions = card.supportedVersions();
  }

  public FrontLimits limits() {
    return limits;
  }

  public Sessions sessions() {
    return sessions;
  }

  /**
   * @throws RpcException with the error to answer
   */
  Message read(byte[] bytes) {
    return reader.read(bytes);
  }

  /** Whether a message is of the era without sessions. */
  static boolean isModern(Message message, Optional<String> versionHeader) {
    return versionHeader.filter(version -> version.compareTo(MODERN) >= 0).isPresent()
        || (message instanceof Message.Request request
            && request.params().path("_meta").has(META_VERSION));
  }

  /** Whether the version header of a later request names what this server speaks. */
  Optional<RpcError> checkVersion(Optional<String> versionHeader) {
    return versionHeader
        .filter(version -> !versions.contains(version))
        .map(version -> RpcError.unsupportedVersion(version, versions));
  }

  /**
   * Checks the params every revision requires of {@code initialize}.
   *
   * @throws RpcException when they are not sound
   */
  static void checkInitialize(Message.Request request) {
    ObjectNode params = request.params();
    JsonNode client = params.path("clientInfo");
    if (!params.path("protocolVersion").isTextual()
        || !params.path("capabilities").isObject()
        || !client.path("name").isTextual()
        || !client.path("version").isTextual()) {
      throw new RpcException(
          RpcError.of(
              RpcError.INVALID_PARAMS,
              "initialize has the params protocolVersion (string), capabilities (object) and"
                  + " clientInfo (object with name and version)."),
          Optional.of(request.id()));
    }
  }

  /** Handles the notifications that are the front's own. */
  static boolean handled(Session session, Message.Notification notification) {
    if (notification.method().equals("notifications/cancelled")) {
      JsonNode id = notification.params().get("requestId");
      if (id != null) {
        session.cancel(id);
      }
      return true;
    }
    // Others are not known to any adapter, and unknown notifications are to be ignored.
    return !notification.method().equals(INITIALIZED);
  }
}
