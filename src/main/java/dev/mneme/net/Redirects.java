package dev.mneme.net;

import dev.mneme.common.MnemeException;
import java.net.URI;
import java.util.Optional;

/** Where an answer sends the client next, if it may go there. */
final class Redirects {
  private static final int MAX = 5;

  private Redirects() {}

  /**
   * @param hop how many redirects were followed already
   */
  static Optional<OutboundRequest> next(
      OutboundRequest request, OutboundResponse response, int hop) {
    boolean keepsMethod = response.status() == 307 || response.status() == 308;
    boolean redirect = keepsMethod || (response.status() >= 301 && response.status() <= 303);
    Optional<String> location = response.header("location");
    if (!redirect || location.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(follow(request, location.get(), keepsMethod, hop));
    } catch (MnemeException e) {
      response.close();
      throw e;
    }
  }

  private static OutboundRequest follow(
      OutboundRequest request, String location, boolean keepsMethod, int hop) {
    if (hop >= MAX) {
      throw refused("more than " + MAX + " redirects in a row");
    }
    URI target;
    try {
      target = request.uri().resolve(location);
    } catch (IllegalArgumentException _) {
      throw refused("its target is not a URL");
    }
    Origin from = Origin.of(request.uri());
    Origin to = Origin.of(target);
    if (from.secure() && !to.secure()) {
      throw refused("it leads from https to http");
    }
    boolean asGet = !keepsMethod && !request.method().equals("HEAD");
    if (!asGet && request.body().isPresent() && !from.equals(to)) {
      throw refused("it would carry the request's content to another host, " + to.host());
    }
    return request.redirected(target, asGet);
  }

  private static MnemeException refused(String why) {
    return MnemeException.denied("redirect_refused", "The redirect was not followed: " + why + ".");
  }
}
