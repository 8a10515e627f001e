package dev.mneme.web.oauth;

import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;

/** Finds out what an issuer says of a token. Thread-safe; callers may have to wait for it. */
interface TokenCheck {
  /**
   * @throws BadJOSEException when it is not good
   * @throws ParseException when it is none
   * @throws IssuerSilent when that cannot be found out now
   */
  JWTClaimsSet claims(String token) throws ParseException, BadJOSEException, IssuerSilent;
}
