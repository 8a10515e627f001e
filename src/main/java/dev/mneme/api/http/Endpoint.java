package dev.mneme.api.http;

/** What one method of one path does. Called from many threads at once. */
@FunctionalInterface
public interface Endpoint {
  Reply answer(Call call);
}
