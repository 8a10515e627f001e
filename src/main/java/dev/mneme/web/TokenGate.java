package dev.mneme.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Checks tokens that an authorization server issued. Thread-safe; callers may have to wait. */
public interface TokenGate {
  /** Whether a credential has the form of a token, and so is no key of this server. */
  boolean takes(String credential);

  /** Checks a token for what the request is addressed to. */
  Admission admit(String token, HttpServletRequest request);

  /** Where it is described who issues tokens for what the request is addressed to. */
  String metadata(HttpServletRequest request);

  /** What a token is usually asked for there. */
  List<String> usualScopes(HttpServletRequest request);
}
