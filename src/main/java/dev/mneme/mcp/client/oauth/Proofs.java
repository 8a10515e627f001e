package dev.mneme.mcp.client.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.mneme.secret.SecretText;
import java.net.URI;
import java.text.ParseException;
import java.util.Optional;

/**
 * Proves with each request that a token is in the hands of whom it was given to (RFC 9449): a
 * stolen one is of no use without the key. Immutable.
 */
final class Proofs {
  static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;

  private final DPoPProofFactory factory;

  private Proofs(DPoPProofFactory factory) {
    this.factory = factory;
  }

  /** A new key, as it is kept. */
  static SecretText newKey() {
    try {
      return new SecretText(new ECKeyGenerator(Curve.P_256).generate().toJSONString());
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  static Proofs with(SecretText key) {
    try {
      return new Proofs(new DefaultDPoPProofFactory(ECKey.parse(key.reveal()), ALGORITHM));
    } catch (JOSEException | ParseException e) {
      throw new IllegalStateException("the key of a login is broken", e);
    }
  }

  /** For a request for a token. */
  SignedJWT forToken(URI endpoint, Optional<String> nonce) {
    try {
      return nonce.isPresent()
          ? factory.createDPoPJWT("POST", bare(endpoint), new Nonce(nonce.get()))
          : factory.createDPoPJWT("POST", bare(endpoint));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For one request that a token opens. */
  String forRequest(String method, URI server, String token, Optional<String> nonce) {
    DPoPAccessToken shown = new DPoPAccessToken(token);
    try {
      SignedJWT proof =
          nonce.isPresent()
              ? factory.createDPoPJWT(method, bare(server), shown, new Nonce(nonce.get()))
              : factory.createDPoPJWT(method, bare(server), shown);
      return proof.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URI bare(URI uri) {
    String text = uri.toString();
    return URI.create(text.replaceFirst("[?#].*", ""));
  }
}
