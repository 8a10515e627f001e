package dev.mneme.sandbox.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of a test's own, and what it has signed for an engine and for its clients. */
final class EngineCertificates {
  private static final String PASSWORD = "testing";

  private final Path folder;

  EngineCertificates(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    keytool("-genkeypair", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c", "-keyalg", "EC");
    sign("engine", "san=dns:localhost,ip:127.0.0.1");
    sign("client", "eku=clientAuth");
  }

  /** A folder as DOCKER_CERT_PATH names it. */
  Path clientFolder() throws IOException, GeneralSecurityException {
    Path client = Files.createDirectories(folder.resolve("client"));
    KeyStore store = store();
    pem(client.resolve("ca.pem"), "CERTIFICATE", store.getCertificate("ca").getEncoded());
    Certificate own = store.getCertificate("client");
    pem(client.resolve("cert.pem"), "CERTIFICATE", own.getEncoded());
    byte[] key = store.getKey("client", PASSWORD.toCharArray()).getEncoded();
    pem(client.resolve("key.pem"), "PRIVATE KEY", key);
    return client;
  }

  /** What an engine needs to prove itself, and to ask the same of its clients. */
  SSLContext engine() throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    KeyStore store = store();
    char[] password = PASSWORD.toCharArray();
    own.setKeyEntry(
        "engine", store.getKey("engine", password), password, store.getCertificateChain("engine"));
    keys.init(own, password);
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("ca", store.getCertificate("ca"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authorities);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private void sign(String name, String extension) throws Exception {
    String request = folder.resolve(name + ".csr").toString();
    String signed = folder.resolve(name + ".crt").toString();
    keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "RSA");
    keytool("-certreq", "-alias", name, "-file", request);
    keytool("-gencert", "-alias", "ca", "-infile", request, "-outfile", signed, "-ext", extension);
    keytool("-importcert", "-alias", name, "-file", signed);
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", PASSWORD));
    command.add("-noprompt");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static void pem(Path file, String kind, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }
}
