package dev.mneme.sandbox.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.mneme.common.MnemeException;
import dev.mneme.tool.Form;
import dev.mneme.tool.SecretWords;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what code wants to know into a form: fields of its own, or one that holds the answer. */
final class QuestionForm {
  /** The only field of a question that is no form. */
  static final String ANSWER = "answer";

  private static final String ASKER = "Code that runs in Mneme's sandbox";
  private static final String FIELDS = "fields";
  private static final int MAX_TEXT = 1_000;
  private static final int MAX_CHOICES = 20;
  private static final int MAX_CHOICE = 100;
  private static final Pattern NAME = Pattern.compile("\\w{1,64}");

  private final Payload payload;

  QuestionForm(Payload payload) {
    this.payload = payload;
  }

  /** Whether the code wants fields of its own filled in, and to know what the person did. */
  boolean hasFields() {
    return payload.node().has(FIELDS);
  }

  String text() {
    return payload.text("question").strip();
  }

  /**
   * What the person is shown.
   *
   * @throws MnemeException where the question is too long, is none, or is for a secret
   */
  Form form() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode fields = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    if (hasFields()) {
      if (!(payload.node().get(FIELDS) instanceof ObjectNode given)) {
        throw Payload.wrong(FIELDS, "an object");
      }
      fields.setAll(given);
      payload.texts("required").forEach(required::add);
    } else {
      fields.set(ANSWER, field());
      required.add(ANSWER);
    }
    String name = payload.optional("name").orElse("question");
    Form form = new Form(ASKER, name, text(), schema);
    if (text().isEmpty() || text().length() > MAX_TEXT || !form.isPlain() || fields.isEmpty()) {
      throw invalid(
          "A question has at most "
              + MAX_TEXT
              + " characters; a form 1 to 20 fields, each a text, a number, true or false, or"
              + " choices, described by 20000 characters at most.");
    }
    if (!NAME.matcher(name).matches()) {
      throw invalid("The name of a form has 1 to 64 letters, digits and underscores.");
    }
    if (form.wantsSecret() || texts().anyMatch(SecretWords::inSentence)) {
      throw MnemeException.denied(
          "question_for_secret",
          "Code must not ask the user for secrets: the operator can grant them, and mneme.secrets"
              + " has them then.");
    }
    return form;
  }

  private ObjectNode field() {
    ObjectNode field = JsonNodeFactory.instance.objectNode();
    JsonNode choices = payload.node().path("choices");
    String kind = payload.optional("kind").orElse("text");
    if (choices.isEmpty()) {
      field.put(
          "type",
          switch (kind) {
            case "text" -> "string";
            case "yes_no" -> "boolean";
            case "number" -> "number";
            case "integer" -> "integer";
            default ->
                throw Payload.wrong(
                    "kind", "text, yes_no, number, integer, or with choices several");
          });
    } else {
      checkChoices();
      ObjectNode single = JsonNodeFactory.instance.objectNode().put("type", "string");
      boolean several = kind.equals("several");
      if (choices.isObject()) {
        ArrayNode listed = single.putArray(several ? "anyOf" : "oneOf");
        for (Map.Entry<String, JsonNode> choice : choices.properties()) {
          listed.addObject().put("const", choice.getKey()).set("title", choice.getValue());
        }
      } else {
        single.set("enum", choices);
      }
      if (several) {
        field.put("type", "array").set("items", single);
      } else {
        field.setAll(single);
      }
    }
    field.put("title", "Answer");
    if (payload.node().hasNonNull("default")) {
      field.set("default", payload.node().get("default"));
    }
    return field;
  }

  private void checkChoices() {
    if (payload.node().get("choices").size() > MAX_CHOICES
        || !texts().allMatch(one -> !one.isBlank() && one.length() <= MAX_CHOICE)) {
      throw invalid(
          "A question has at most "
              + MAX_CHOICES
              + " choices, each a text of at most "
              + MAX_CHOICE
              + " characters.");
    }
  }

  /** What the choices say; one that is no text says nothing. */
  private Stream<String> texts() {
    JsonNode choices = payload.node().path("choices");
    return Stream.concat(
        choices.propertyStream().map(Map.Entry::getKey),
        choices.valueStream().map(each -> each instanceof TextNode text ? text.textValue() : ""));
  }

  private static MnemeException invalid(String message) {
    return MnemeException.invalid("invalid_question", message);
  }
}
