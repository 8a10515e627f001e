package dev.mneme.mcp.server.modern;

import dev.mneme.mcp.server.RpcException;
import dev.mneme.mcp.server.methods.Params;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The state that a client carries to its next round: which work it is about and for which round,
 * with a code that only this process can make. Thread-safe.
 */
final class RequestStates {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAX = 500;

  /**
   * @param round counted from 1; each is answered once
   */
  record State(String work, int round) {}

  private final SecretKeySpec key;

  RequestStates(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * @param binding what the state is good for: the caller and the request
   */
  String seal(State state, String binding) {
    String payload = state.work() + "." + state.round();
    return payload + "." + code(payload, binding);
  }

  /**
   * @throws RpcException when the state was not made here, or for something else
   */
  State open(String text, String binding) {
    int end = text.lastIndexOf('.');
    int middle = text.indexOf('.');
    if (text.length() > MAX || middle < 0 || end <= middle) {
      throw refused();
    }
    String payload = text.substring(0, end);
    byte[] expected = code(payload, binding).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(
        expected, text.substring(end + 1).getBytes(StandardCharsets.UTF_8))) {
      throw refused();
    }
    return new State(payload.substring(0, middle), Integer.parseInt(payload.substring(middle + 1)));
  }

  private static RpcException refused() {
    return Params.invalid(
        "The requestState is not one that this server made for this request. Send it back exactly"
            + " as it came, or make the request without it.");
  }

  private String code(String payload, String binding) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(payload.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      mac.update(binding.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
