package dev.mneme.relay;

import org.jspecify.annotations.Nullable;

/** One line of JSON-RPC, with what routing needs; the line itself is passed on unchanged. */
final class Message {
  private final byte[] line;
  private final @Nullable String id;
  private final @Nullable String method;

  private Message(byte[] line, @Nullable String id, @Nullable String method) {
    this.line = line;
    this.id = id;
    this.method = method;
  }

  static Message of(byte[] line) {
    RawObject members = RawObject.of(line);
    String id = members.raw("id");
    return new Message(line, "null".equals(id) ? null : id, members.string("method"));
  }

  /** The bytes with their line end; not to be changed. */
  byte[] line() {
    return line;
  }

  /** The id as it stands in the text, or null where there is none. */
  @Nullable String id() {
    return id;
  }

  /** The method, or null for an answer or anything that is no message. */
  @Nullable String method() {
    return method;
  }

  boolean is(String name) {
    return name.equals(method);
  }

  RawObject params() {
    return RawObject.of(line).object("params");
  }
}
