package dev.mneme.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;

/** Writes what an optional holds, or {@code null}. */
final class OptionalWriter extends StdSerializer<Optional<?>> {
  private static final long serialVersionUID = 1L;

  OptionalWriter() {
    super(Optional.class, false);
  }

  @Override
  public void serialize(Optional<?> value, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    if (value.isPresent()) {
      provider.defaultSerializeValue(value.get(), out);
    } else {
      out.writeNull();
    }
  }
}
