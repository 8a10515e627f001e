package dev.mneme.sandbox.graalpy.worker;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files and folders in memory, by their absolute path, with a bound on both their number and their
 * bytes. For the thread that runs calls.
 */
final class MemoryTree {
  private static final int MAX_ENTRIES = 1_000;
  private static final int MAX_NAME = 255;
  private static final int MAX_PATH = 2_048;

  private final NavigableMap<String, Entry> entries = new TreeMap<>();
  private final Room room;

  /**
   * @param bytes what all files may hold together
   */
  MemoryTree(long bytes) {
    room = new Room(bytes);
    for (String folder : List.of("/", "/tmp", "/in", "/out")) {
      entries.put(folder, new Folder());
    }
  }

  /** What a path leads to. */
  sealed interface Entry permits Folder, MemoryFile {
    long modified();

    void touch(long when);
  }

  /** A folder; what is in it is found by its path. */
  static final class Folder implements Entry {
    private long modified = System.currentTimeMillis();

    @Override
    public long modified() {
      return modified;
    }

    @Override
    public void touch(long when) {
      modified = when;
    }
  }

  /**
   * Gives back all memory, also that of files which are still open: whoever keeps a reference to
   * this tree keeps nothing but names.
   */
  void discard() {
    entries.clear();
    room.files.forEach(MemoryFile::discard);
    room.files.clear();
  }

  /** Takes everything out of a folder. */
  void clearBelow(String folder) {
    Map<String, Entry> below = below(folder);
    below.values().forEach(MemoryTree::drop);
    below.clear();
  }

  Entry get(String path) throws NoSuchFileException {
    Entry entry = entries.get(path);
    if (entry == null) {
      throw new NoSuchFileException(path);
    }
    return entry;
  }

  boolean contains(String path) {
    return entries.containsKey(path);
  }

  void makeFolder(String path) throws IOException {
    requireFree(path);
    entries.put(path, new Folder());
  }

  MemoryFile makeFile(String path) throws IOException {
    requireFree(path);
    MemoryFile file = new MemoryFile(room);
    entries.put(path, file);
    return file;
  }

  /** Makes a file and the folders it needs. */
  void put(String path, byte[] content) throws IOException {
    for (int at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) {
      if (!contains(path.substring(0, at))) {
        makeFolder(path.substring(0, at));
      }
    }
    Entry there = entries.get(path);
    MemoryFile file = there instanceof MemoryFile known ? known : makeFile(path);
    file.truncate(0);
    file.write(0, content, 0, content.length);
  }

  void delete(String path) throws IOException {
    Entry entry = get(path);
    if (entry instanceof Folder && !below(path).isEmpty()) {
      throw new DirectoryNotEmptyException(path);
    }
    if (path.lastIndexOf('/') == 0) {
      throw new FileSystemException(path, null, "Operation not permitted");
    }
    entries.remove(path);
    drop(entry);
  }

  /** Gives an entry, and all below it, another path; the target must not be there. */
  void move(String from, String to) throws IOException {
    Entry moved = get(from);
    if (to.startsWith(from + "/")) {
      throw new FileSystemException(to, null, "Invalid argument");
    }
    requireFree(to);
    entries.remove(from);
    entries.put(to, moved);
    Map<String, Entry> below = below(from);
    Map<String, Entry> elsewhere = new TreeMap<>();
    below.forEach((path, entry) -> elsewhere.put(to + path.substring(from.length()), entry));
    below.clear();
    entries.putAll(elsewhere);
  }

  /** The names in a folder. */
  List<String> names(String folder) throws IOException {
    if (!(get(folder) instanceof Folder)) {
      throw new NotDirectoryException(folder);
    }
    int start = prefix(folder).length();
    return below(folder).keySet().stream()
        .map(path -> path.substring(start))
        .filter(name -> name.indexOf('/') < 0)
        .toList();
  }

  /** The files anywhere below a folder, by their path in it. */
  Map<String, MemoryFile> files(String folder) {
    Map<String, MemoryFile> files = new TreeMap<>();
    int start = prefix(folder).length();
    below(folder)
        .forEach((path, entry) -> {
          if (entry instanceof MemoryFile file) {
            files.put(path.substring(start), file);
          }
        });
    return files;
  }

  private void requireFree(String path) throws IOException {
    if (contains(path)) {
      throw new FileAlreadyExistsException(path);
    }
    int slash = path.lastIndexOf('/');
    String parent = slash == 0 ? "/" : path.substring(0, slash);
    if (!(get(parent) instanceof Folder folder)) {
      throw new NotDirectoryException(parent);
    }
    if (slash == 0) {
      throw new FileSystemException(path, null, "Permission denied");
    }
    if (path.length() - slash - 1 > MAX_NAME || path.length() > MAX_PATH) {
      throw new FileSystemException(path, null, "File name too long");
    }
    if (entries.size() >= MAX_ENTRIES) {
      throw new FileSystemException(path, null, "No space left on device");
    }
    folder.touch(System.currentTimeMillis());
  }

  private Map<String, Entry> below(String folder) {
    String prefix = prefix(folder);
    return entries.subMap(prefix, false, prefix + Character.MAX_VALUE, false);
  }

  private static String prefix(String folder) {
    return folder.equals("/") ? "/" : folder + "/";
  }

  private static void drop(Entry entry) {
    if (entry instanceof MemoryFile file) {
      file.unlink();
    }
  }

  /** How much may still be written by all files together, and which there are, named or open. */
  static final class Room {
    private final Set<MemoryFile> files = Collections.newSetFromMap(new IdentityHashMap<>());
    private long left;

    Room(long bytes) {
      left = bytes;
    }

    boolean take(long bytes) {
      if (bytes > left) {
        return false;
      }
      left -= bytes;
      return true;
    }

    void giveBack(long bytes) {
      left += bytes;
    }

    void enter(MemoryFile file) {
      files.add(file);
    }

    void leave(MemoryFile file) {
      files.remove(file);
    }
  }
}
