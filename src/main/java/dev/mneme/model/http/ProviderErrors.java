package dev.mneme.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.mneme.common.ErrorKind;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import dev.mneme.model.ModelException;
import dev.mneme.net.OutboundResponse;
import dev.mneme.secret.SecretMask;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Sorts what goes wrong with a provider. Thread-safe. */
final class ProviderErrors {
  private static final int MAX_REASON = 300;
  private static final List<String> TOO_LONG =
      List.of(
          "context_length_exceeded",
          "context length",
          "context window",
          "context size",
          "context limit",
          "exceed_context",
          "prompt is too long",
          "input is too long",
          "input token count",
          "request_too_large",
          "too many tokens");
  private static final List<String> NO_CREDIT =
      List.of("insufficient_quota", "insufficient credit", "credit balance", "billing_error");

  private final Endpoint endpoint;

  ProviderErrors(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** An answer with an error status. */
  ModelException refused(OutboundResponse response, String body) {
    JsonNode parsed = error(body);
    ModelException refusal = of(type(response.status(), words(parsed)), response.status(), parsed);
    return RetryAfter.of(response).map(refusal::retryAfter).orElse(refusal);
  }

  /** An error told in the middle of an answer. */
  ModelException told(JsonNode event) {
    JsonNode error = event.path("error");
    String words = words(error);
    int status =
        switch (error.path("type").asText()) {
          case "rate_limit_error" -> 429;
          case "authentication_error", "permission_error" -> 401;
          case "invalid_request_error" -> 400;
          case "timeout_error" -> 504;
          default -> error.path("code").asInt(500);
        };
    return of(type(status < 400 ? 500 : status, words), status, error);
  }

  /** No answer at all. */
  ModelException failed(MnemeException cause) {
    if (Thread.currentThread().isInterrupted()) {
      return cancelled(cause);
    }
    ModelException.Type type =
        switch (cause.code()) {
          case "request_timeout" -> ModelException.Type.TIMEOUT;
          case "response_too_large" -> ModelException.Type.INVALID_RESPONSE;
          default ->
              cause.kind() == ErrorKind.UNAVAILABLE
                  ? ModelException.Type.ERROR
                  : ModelException.Type.BAD_REQUEST;
        };
    return new ModelException(type, endpoint.provider() + ": " + cause.message(), cause);
  }

  /** An answer that broke off. */
  ModelException broken(MnemeException cause) {
    ModelException failure = failed(cause);
    return failure.type() == ModelException.Type.ERROR
        ? new ModelException(
            ModelException.Type.STREAM_INCOMPLETE,
            endpoint.provider() + " broke off its answer.",
            cause)
        : failure;
  }

  private static ModelException cancelled(Throwable cause) {
    return new ModelException(ModelException.Type.CANCELLED, "The request was cancelled.", cause);
  }

  private ModelException of(ModelException.Type type, int status, JsonNode error) {
    String reason =
        switch (type) {
          // What providers say here repeats a part of the key.
          case AUTHENTICATION -> "it does not accept the key.";
          case INSUFFICIENT_CREDITS -> "the account has no credit left.";
          case RATE_LIMIT -> "too many requests.";
          case CONTEXT_WINDOW_EXCEEDED -> "the request does not fit its context window.";
          default -> reason(status, error);
        };
    return new ModelException(type, endpoint.provider() + " refused the request: " + reason, null);
  }

  private String reason(int status, JsonNode error) {
    String said = error.isTextual() ? error.textValue() : error.path("message").asText();
    String clean = SecretMask.of(List.of()).mask(said.replaceAll("\\s+", " ").strip());
    if (endpoint.key().isPresent()) {
      String key = endpoint.key().get().value();
      clean = clean.replace(key.substring(key.lastIndexOf(' ') + 1), "****");
    }
    String cut = Texts.shorten(clean, MAX_REASON);
    return "status " + status + (cut.isEmpty() ? "." : ", " + cut);
  }

  private static ModelException.Type type(int status, String words) {
    if (status == 402 || NO_CREDIT.stream().anyMatch(words::contains)) {
      return ModelException.Type.INSUFFICIENT_CREDITS;
    }
    if (status == 413 || (status != 429 && TOO_LONG.stream().anyMatch(words::contains))) {
      return ModelException.Type.CONTEXT_WINDOW_EXCEEDED;
    }
    return switch (status) {
      case 401, 403 -> ModelException.Type.AUTHENTICATION;
      case 408, 504, 524 -> ModelException.Type.TIMEOUT;
      case 429 -> ModelException.Type.RATE_LIMIT;
      default -> status >= 500 ? ModelException.Type.ERROR : ModelException.Type.BAD_REQUEST;
    };
  }

  private static String words(JsonNode error) {
    return Stream.of(error, error.path("type"), error.path("code"), error.path("message"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .reduce("", (a, b) -> a + ' ' + b)
        .toLowerCase(Locale.ROOT);
  }

  /** The error in a body: an object, a text, or either in a list. */
  private static JsonNode error(String body) {
    try {
      JsonNode root = Json.mapper().readTree(body);
      JsonNode first = root.isArray() ? root.path(0) : root;
      return first.has("error") ? first.path("error") : first;
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    }
  }
}
