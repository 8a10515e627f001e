package dev.mneme.sandbox.docker;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Encryption to an engine on another host with Docker's usual three files: ca.pem, cert.pem and
 * key.pem. Only the JDK is used, so that no second cryptographic library has to come along.
 */
record EngineTls(Path folder) {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ((?:RSA )?)PRIVATE KEY-----([^-]+)-----END", Pattern.DOTALL);

  private static final List<String> KEY_KINDS = List.of("RSA", "EC", "Ed25519");

  /** Version 0 and the name of RSA: what turns an older RSA key into the form the JDK reads. */
  private static final byte[] RSA_HEADER =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  /** Throws what tells the operator which file is wrong. */
  SSLContext context() {
    try {
      char[] noPassword = new char[0];
      KeyStore own = emptyStore();
      Certificate[] chain = certificates("cert.pem").toArray(Certificate[]::new);
      own.setKeyEntry("client", key(), noPassword, chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, noPassword);
      KeyStore authorities = emptyStore();
      int number = 0;
      for (Certificate certificate : certificates("ca.pem")) {
        authorities.setCertificateEntry("ca" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new MnemeException(
          ErrorKind.INVALID,
          "invalid_engine_certificates",
          "The certificates of the container engine in "
              + folder
              + " cannot be used: "
              + e.getMessage(),
          Map.of(),
          e);
    }
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private Collection<? extends Certificate> certificates(String file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(folder.resolve(file))) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private PrivateKey key() throws IOException, GeneralSecurityException {
    Matcher pem = KEY.matcher(Files.readString(folder.resolve("key.pem")));
    if (!pem.find()) {
      throw new InvalidKeySpecException("key.pem holds no private key without a password");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(pem.group(2));
    boolean olderRsa = !pem.group(1).isEmpty();
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(olderRsa ? wrapped(encoded) : encoded);
    InvalidKeySpecException last =
        new InvalidKeySpecException("key.pem holds a key of no known kind");
    for (String algorithm : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        last = e;
      }
    }
    throw last;
  }

  private static byte[] wrapped(byte[] rsa) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(RSA_HEADER);
    body.writeBytes(element(0x04, rsa));
    return element(0x30, body.toByteArray());
  }

  /** One DER element whose length takes two bytes, as that of every RSA key does. */
  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    out.write(0x82);
    out.write(content.length >> 8);
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }
}
