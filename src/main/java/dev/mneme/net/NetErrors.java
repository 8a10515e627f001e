package dev.mneme.net;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import javax.net.ssl.SSLException;

/** Turns what the HTTP client throws into errors a user can act on; no path or query in them. */
final class NetErrors {
  private NetErrors() {}

  static MnemeException translate(URI uri, IOException cause) {
    String host = uri.getHost();
    return switch (cause) {
      case TooLarge _ -> tooLarge(cause);
      case Expired _ -> timeout(host, cause);
      case RefusedAddress _ ->
          error(
              ErrorKind.DENIED,
              "host_refused",
              "The host "
                  + host
                  + " has an address inside a private network. If that is meant, the operator has"
                  + " to name the host in the configuration.",
              cause);
      case UnknownHostException _ ->
          error(ErrorKind.UNAVAILABLE, "host_unknown", "No host is named " + host + ".", cause);
      case InterruptedIOException _ -> timeout(host, cause);
      case SSLException _ ->
          error(
              ErrorKind.UNAVAILABLE,
              "host_untrusted",
              "No secure connection to " + host + ": its certificate or TLS is not accepted.",
              cause);
      default ->
          error(
              ErrorKind.UNAVAILABLE,
              "host_unreachable",
              "The request to " + host + " failed; try again later.",
              cause);
    };
  }

  private static MnemeException tooLarge(IOException cause) {
    return error(ErrorKind.LIMIT, "response_too_large", String.valueOf(cause.getMessage()), cause);
  }

  private static MnemeException timeout(String host, IOException cause) {
    return error(
        ErrorKind.UNAVAILABLE, "request_timeout", host + " did not answer in time.", cause);
  }

  private static MnemeException error(
      ErrorKind kind, String code, String message, IOException cause) {
    return new MnemeException(kind, code, message, Map.of(), cause);
  }

  /** The body is larger than allowed. */
  static final class TooLarge extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    TooLarge(long limit) {
      super("The answer is larger than the " + limit + " bytes allowed.");
    }
  }

  /** The request's time is over. */
  static final class Expired extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    Expired(IOException cause) {
      super(cause);
    }
  }

  /** The name resolves to an address that may not be reached. */
  static final class RefusedAddress extends UnknownHostException {
    @Serial private static final long serialVersionUID = 1L;

    RefusedAddress(String host) {
      super(host);
    }
  }
}
