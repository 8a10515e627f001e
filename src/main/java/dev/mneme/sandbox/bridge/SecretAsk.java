package dev.mneme.sandbox.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.mneme.common.MnemeException;
import dev.mneme.secret.SecretText;
import dev.mneme.tool.ToolCall;
import java.util.Optional;

/** {@code secret}: a secret that the call was granted. */
public final class SecretAsk implements Operation {
  @Override
  public JsonNode answer(ToolCall call, JsonNode payload) {
    String name = new Payload(payload).text("name");
    SecretText secret =
        Optional.ofNullable(call.grants().secrets().get(name))
            .orElseThrow(() ->
                MnemeException.denied(
                    "secret_not_granted",
                    "The secret is not there: the tool's header has to ask for it, the operator's"
                        + " policy to grant it, and it has to have a value."));
    return JsonNodeFactory.instance.objectNode().put("value", secret.reveal());
  }
}
