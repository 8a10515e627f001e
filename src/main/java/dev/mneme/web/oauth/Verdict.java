package dev.mneme.web.oauth;

import com.nimbusds.jwt.JWTClaimsSet;

/** What an issuer answered when it was asked about a token. */
sealed interface Verdict {
  record Good(JWTClaimsSet claims) implements Verdict {}

  record Bad(String why) implements Verdict {}

  /** It could not be asked, or said nothing that can be used. */
  record Silent(IssuerSilent why) implements Verdict {}
}
