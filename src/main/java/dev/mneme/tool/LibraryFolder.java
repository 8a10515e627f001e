package dev.mneme.tool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at the Python files that stand directly in a folder, and reads them. */
final class LibraryFolder {
  static final int MAX_FILES = 500;
  static final int MAX_BYTES = 256 * 1024;

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}\\.py");

  private final Path folder;

  LibraryFolder(Path folder) {
    this.folder = folder;
  }

  /** What changes when a file changes. */
  record Stamp(FileTime modified, long size, String key) {}

  /** A file that is refused before it is read. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final String fix;

    Refusal(String message, String fix) {
      super(message);
      this.fix = fix;
    }

    ToolProblem problem(String file) {
      return ToolProblem.of(file, 0, String.valueOf(getMessage()), fix);
    }
  }

  /** All candidates by file name; files whose names start with an underscore are left alone. */
  SortedMap<String, Stamp> stamps() throws IOException {
    SortedMap<String, Stamp> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = Objects.toString(file.getFileName(), "");
        if (name.endsWith(".py") && !name.startsWith("_") && !name.startsWith(".")) {
          add(file, name, found);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return found;
    }
    return found;
  }

  private static void add(Path file, String name, SortedMap<String, Stamp> found)
      throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isDirectory()) {
        String key = Objects.toString(attributes.fileKey(), "");
        found.put(name, new Stamp(attributes.lastModifiedTime(), attributes.size(), key));
        if (found.size() > MAX_FILES) {
          found.remove(found.lastKey());
        }
      }
    } catch (NoSuchFileException e) {
      // Deleted between the listing and the look: as if it had never been there.
    }
  }

  /** The text of one file of {@link #stamps}. */
  String read(String name) throws Refusal {
    if (!NAME.matcher(name).matches()) {
      throw new Refusal(
          "the file's name is not allowed", "use up to 64 ASCII letters, digits and underscores");
    }
    Path file = folder.resolve(name);
    try {
      refuseLinksAndWritable(file);
      try (InputStream in =
          Channels.newInputStream(
              Files.newByteChannel(
                  file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw new Refusal(
              "the file is larger than " + MAX_BYTES / 1024 + " KiB", "split or shorten it");
        }
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      }
    } catch (CharacterCodingException e) {
      throw new Refusal("the file is not UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      throw new Refusal(
          "the file could not be read (" + e.getClass().getSimpleName() + ")",
          "make it readable for the user the server runs as");
    }
  }

  private static void refuseLinksAndWritable(Path file) throws IOException, Refusal {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new Refusal("it is no regular file", "put the file itself here, not a link to it");
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null
        && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new Refusal(
          "every user of this machine may change it, and it runs as trusted", "chmod o-w it");
    }
  }
}
