package dev.mneme.web.oauth;

/** An issuer could not be asked about its tokens; whoever sent one is no stranger for that. */
final class IssuerSilent extends Exception {
  private static final long serialVersionUID = 1;

  IssuerSilent(String message, Throwable cause) {
    super(message, cause);
  }

  IssuerSilent(String message) {
    super(message);
  }
}
