package dev.mneme.mcp.client.config;

import dev.mneme.secret.SecretText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A secret that the operator wrote down, or said where it is. */
public sealed interface TextSource {
  /** What it is now. */
  SecretText read() throws IOException;

  /** Written down. */
  record Given(SecretText text) implements TextSource {
    @Override
    public SecretText read() {
      return text;
    }
  }

  /** In a file that somebody else may write anew at any time. */
  record InFile(Path file) implements TextSource {
    private static final int LONGEST = 64 << 10;

    @Override
    public SecretText read() throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        return new SecretText(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip());
      }
    }
  }
}
