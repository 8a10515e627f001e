package dev.mneme.sandbox.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.mneme.secret.SecretText;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.Form;
import dev.mneme.tool.ToolOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Takes known secrets out of what code gives back. Code that wants to can still spell a secret in
 * another way: it is given to code that the operator trusts with it.
 */
final class Veil {
  /** Shorter values would blank out ordinary words. */
  private static final int SHORTEST = 6;

  private static final String HIDDEN = "[secret]";

  private final List<String> secrets;

  Veil(Collection<SecretText> secrets) {
    this.secrets =
        secrets.stream()
            .map(SecretText::reveal)
            .filter(value -> value.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  boolean isEmpty() {
    return secrets.isEmpty();
  }

  String hide(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, HIDDEN);
    }
    return shown;
  }

  ToolOutcome hide(ToolOutcome outcome) {
    if (secrets.isEmpty()) {
      return outcome;
    }
    return switch (outcome) {
      case ToolOutcome.Success success ->
          new ToolOutcome.Success(
              hide(success.value()),
              hide(success.stdout()),
              hide(success.stderr()),
              success.artifacts().stream().map(this::hide).toList());
      case ToolOutcome.Failure failure ->
          new ToolOutcome.Failure(
              failure.reason(),
              hide(failure.message()),
              hide(failure.traceback()),
              hide(failure.stdout()),
              hide(failure.stderr()));
    };
  }

  Form hide(Form form) {
    return secrets.isEmpty()
        ? form
        : new Form(
            form.asker(),
            hide(form.name()),
            hide(form.message()),
            (ObjectNode) hide(form.schema()));
  }

  /** A picture is left as it is: its bytes are not the secret's. */
  private Artifact hide(Artifact file) {
    String content = file.base64();
    if (!file.isPicture()) {
      String raw = new String(Base64.getDecoder().decode(content), StandardCharsets.ISO_8859_1);
      for (String secret : secrets) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        raw = raw.replace(new String(bytes, StandardCharsets.ISO_8859_1), HIDDEN);
      }
      content = Base64.getEncoder().encodeToString(raw.getBytes(StandardCharsets.ISO_8859_1));
    }
    return new Artifact(hide(file.name()), file.mediaType(), content, file.id());
  }

  private JsonNode hide(JsonNode node) {
    return switch (node) {
      case TextNode text -> TextNode.valueOf(hide(text.textValue()));
      case ObjectNode object -> {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(field -> shown.set(hide(field.getKey()), hide(field.getValue())));
        yield shown;
      }
      case ArrayNode array -> {
        ArrayNode shown = JsonNodeFactory.instance.arrayNode(array.size());
        array.forEach(item -> shown.add(hide(item)));
        yield shown;
      }
      default -> node;
    };
  }
}
