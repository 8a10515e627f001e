package dev.mneme.api.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/** A value that is JSON text already. */
public record RawJson(@JsonValue @JsonRawValue String text) {}
