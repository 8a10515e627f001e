package dev.mneme.net;

import java.nio.charset.StandardCharsets;

/** What a request carries. */
public final class OutboundBody {
  private final String contentType;
  private final byte[] bytes;

  private OutboundBody(String contentType, byte[] bytes) {
    this.contentType = contentType;
    this.bytes = bytes;
  }

  public static OutboundBody json(String json) {
    return new OutboundBody("application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  public static OutboundBody of(String contentType, byte[] bytes) {
    return new OutboundBody(contentType, bytes.clone());
  }

  String contentType() {
    return contentType;
  }

  byte[] bytes() {
    return bytes;
  }
}
