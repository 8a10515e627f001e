package dev.mneme.api.http;

/** The routes of one kind of thing. */
@FunctionalInterface
public interface Group {
  void addTo(Endpoints endpoints);
}
