package dev.mneme.api.http;

/** What a route answers when all went well. */
public sealed interface Reply {
  /** 200 with a value that {@link Wire} can write. */
  record Body(Object value) implements Reply {}

  /** 200 with {@code null}. */
  record Null() implements Reply {}

  /** 204. */
  record Empty() implements Reply {}

  /** The route wrote its answer itself, such as a stream. */
  record Written() implements Reply {}

  static Reply of(Object value) {
    return new Body(value);
  }

  static Reply nothing() {
    return new Null();
  }

  static Reply empty() {
    return new Empty();
  }

  static Reply written() {
    return new Written();
  }
}
