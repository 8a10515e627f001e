package dev.mneme.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Whether the server of this machine answers, for a container engine that asks: exits with 0 or 1.
 * Uses the JDK only, so that it costs little each time.
 */
final class HealthCheck {
  private static final int PATIENCE_MILLIS = 5_000;

  private HealthCheck() {}

  public static void main(String[] args) {
    String port = System.getenv().getOrDefault("MNEME_SERVER_PORT", "8283");
    System.exit(answers(URI.create("http://127.0.0.1:" + port + "/v1/health/")) ? 0 : 1);
  }

  static boolean answers(URI health) {
    try {
      HttpURLConnection asked = (HttpURLConnection) health.toURL().openConnection();
      asked.setConnectTimeout(PATIENCE_MILLIS);
      asked.setReadTimeout(PATIENCE_MILLIS);
      return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      System.err.println("mneme: " + health + ": " + e.getMessage());
      return false;
    }
  }
}
