package dev.mneme.api.http;

import dev.mneme.common.Ids;
import dev.mneme.common.Owner;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Origin;
import dev.mneme.store.Page;
import dev.mneme.web.Callers;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One request, read with checks: what does not fit is {@link Unprocessable}. */
public final class Call {
  private final Context context;

  Call(Context context) {
    this.context = context;
  }

  /** The bare request, for routes that write a stream. */
  public Context context() {
    return context;
  }

  /** Whose rows the request is about. */
  public Owner owner() {
    return Callers.owner(context.req());
  }

  /** Whether the token of the request says that its bearer may do what has this scope. */
  public boolean isGranted(String scope) {
    return Callers.isGranted(context.req(), scope);
  }

  /** When the token of the request is over, where it has one. */
  Optional<Instant> until() {
    return Callers.until(context.req());
  }

  /** What a write of this request is journaled as. */
  public Change change() {
    return Change.by("rest", Origin.USER).fromSource("rest");
  }

  /** Whether an SDK of the generation before 1.0 asks, which gets other answers in places. */
  public boolean older() {
    return context.header("X-Fern-SDK-Version") != null;
  }

  public String path(String name) {
    return context.pathParam(name);
  }

  /** An id in the path, of the form {@code prefix-uuid4}. */
  public String id(String name, String prefix) {
    return requireId("path." + name, prefix, path(name));
  }

  public Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isEmpty());
  }

  /** All values of a repeated parameter. */
  public List<String> queries(String name) {
    return context.queryParams(name).stream().filter(text -> !text.isEmpty()).toList();
  }

  public Optional<String> queryId(String name, String prefix) {
    return query(name).map(text -> requireId("query." + name, prefix, text));
  }

  public Optional<Integer> integer(String name) {
    return query(name).map(text -> integer(name, text));
  }

  public List<Integer> integers(String name) {
    return queries(name).stream().map(text -> integer(name, text)).toList();
  }

  public Optional<Boolean> flag(String name) {
    return query(name)
        .map(text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "1", "yes", "on" -> true;
              case "false", "0", "no", "off" -> false;
              default -> throw new Unprocessable("query." + name, "must be true or false");
            });
  }

  public Optional<Instant> time(String name) {
    return query(name).map(text -> Times.parse("query." + name, text));
  }

  /** One of several words. */
  public String choice(String name, String otherwise, List<String> allowed) {
    String value = query(name).orElse(otherwise);
    if (!allowed.contains(value)) {
      throw new Unprocessable("query." + name, "must be one of " + String.join(", ", allowed));
    }
    return value;
  }

  /** {@code before}, {@code after}, {@code limit} and {@code order} or the older ascending. */
  public Page page(int limit, boolean descending) {
    boolean order =
        query("order").isPresent()
            ? choice("order", "desc", List.of("asc", "desc")).equals("desc")
            : flag("ascending").map(ascending -> !ascending).orElse(descending);
    int count = integer("limit").orElse(limit);
    if (count < 1) {
      throw new Unprocessable("query.limit", "must be at least 1");
    }
    return new Page(query("before"), query("after"), count, order);
  }

  /** The body as a JSON object; one that is missing is empty. */
  public Body body() {
    return Body.parse(context.bodyAsBytes());
  }

  private static int integer(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Unprocessable("query." + name, "must be an integer");
    }
  }

  static String requireId(String where, String prefix, String text) {
    if (!Ids.isId(prefix, text)) {
      throw new Unprocessable(where, "must be an id of the form " + prefix + "-<uuid4>");
    }
    return text;
  }
}
