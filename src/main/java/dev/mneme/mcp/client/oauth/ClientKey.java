package dev.mneme.mcp.client.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.secret.SecretText;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The key by which this client proves who it is; the algorithm follows from its kind. */
final class ClientKey {
  private final PrivateKey key;
  private final JWSAlgorithm algorithm;

  private ClientKey(PrivateKey key, JWSAlgorithm algorithm) {
    this.key = key;
    this.algorithm = algorithm;
  }

  /** Reads PEM as {@code openssl genpkey} writes it: PKCS #8, of an elliptic curve or RSA. */
  static ClientKey of(SecretText pem) throws CallFailed {
    try {
      byte[] der =
          Base64.getMimeDecoder()
              .decode(pem.reveal().replaceAll("-----(BEGIN|END) PRIVATE KEY-----", ""));
      PKCS8EncodedKeySpec form = new PKCS8EncodedKeySpec(der);
      return elliptic(der)
          ? ofCurve(KeyFactory.getInstance("EC").generatePrivate(form))
          : new ClientKey(KeyFactory.getInstance("RSA").generatePrivate(form), JWSAlgorithm.RS256);
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw Discovery.refused(
          "oauth.privateKey is no private key of an elliptic curve or RSA as PEM (PKCS #8)");
    }
  }

  /** A proof for one issuer, good for a minute and once. */
  ClientAuthentication proof(Identity identity) throws CallFailed {
    try {
      return new PrivateKeyJWT(
          new JWTAuthenticationClaimsSet(identity.id(), new Audience(identity.issuer())),
          algorithm,
          key,
          null,
          null);
    } catch (JOSEException e) {
      throw Discovery.refused("oauth.privateKey cannot sign: " + e.getMessage());
    }
  }

  private static ClientKey ofCurve(PrivateKey key) throws GeneralSecurityException {
    if (key instanceof ECPrivateKey elliptic) {
      Curve curve = Curve.forECParameterSpec(elliptic.getParams());
      if (Curve.P_256.equals(curve)) {
        return new ClientKey(key, JWSAlgorithm.ES256);
      }
      if (Curve.P_384.equals(curve)) {
        return new ClientKey(key, JWSAlgorithm.ES384);
      }
      if (Curve.P_521.equals(curve)) {
        return new ClientKey(key, JWSAlgorithm.ES512);
      }
    }
    throw new GeneralSecurityException("no known curve");
  }

  /** Whether the name of the kind of key, which stands near the beginning, is that of curves. */
  private static boolean elliptic(byte[] der) {
    byte[] name = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
    for (int start = 0; start < Math.min(der.length - name.length, 32); start++) {
      if (java.util.Arrays.equals(name, 0, name.length, der, start, start + name.length)) {
        return true;
      }
    }
    return false;
  }
}
