package dev.mneme.sandbox.graalpy.worker;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;

/**
 * The file system code in a context sees besides Python's standard library: {@code /tmp}, {@code
 * /in} and {@code /out} in memory, and nothing of the host. Paths are names here and never reach
 * the host's files. For the thread that runs calls.
 */
final class MemoryFiles implements FileSystem {
  private static final long MAX_BYTES = 32L << 20;
  private static final int FOLDER_MODE = 0040777;
  private static final int FILE_MODE = 0100666;

  private static final Path START = Path.of("/tmp");

  /** Where Python's own modules are: all of the host that code sees, and it can only read it. */
  private static final Path HOME =
      Path.of(System.getProperty("polyglot.engine.resourcePath", "/nowhere")).normalize();

  private static final FileSystem LIBRARY =
      FileSystem.newReadOnlyFileSystem(FileSystem.newDefaultFileSystem());

  private MemoryTree tree = new MemoryTree(MAX_BYTES);
  private Path folder = START;

  MemoryTree tree() {
    return tree;
  }

  /** Empties all folders; whether code works in the folder it started in. */
  boolean clear() {
    discard();
    tree = new MemoryTree(MAX_BYTES);
    return folder.equals(START);
  }

  /** Gives back all memory: GraalPy keeps hold of a part of each closed context. */
  void discard() {
    tree.discard();
  }

  @Override
  public Path parsePath(URI uri) {
    return Path.of(uri);
  }

  @Override
  public Path parsePath(String path) {
    return Path.of(path);
  }

  @Override
  public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options)
      throws IOException {
    Path full = full(path);
    if (isOfLibrary(full)) {
      LIBRARY.checkAccess(full, modes, options);
      return;
    }
    MemoryTree.Entry entry = tree.get(name(path));
    if (modes.contains(AccessMode.EXECUTE) && entry instanceof MemoryFile) {
      throw new AccessDeniedException(path.toString());
    }
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    tree.makeFolder(name(path));
  }

  @Override
  public void delete(Path path) throws IOException {
    tree.delete(name(path));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path full = full(path);
    if (isOfLibrary(full)) {
      return LIBRARY.newByteChannel(full, options, attributes);
    }
    String name = name(full);
    boolean writes =
        options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    boolean create = writes && options.contains(StandardOpenOption.CREATE);
    boolean createNew = writes && options.contains(StandardOpenOption.CREATE_NEW);
    if (createNew && tree.contains(name)) {
      throw new FileAlreadyExistsException(name);
    }
    boolean absent = !tree.contains(name);
    MemoryTree.Entry entry = absent && (create || createNew) ? tree.makeFile(name) : tree.get(name);
    if (!(entry instanceof MemoryFile file)) {
      if (writes) {
        throw new FileSystemException(name, null, "Is a directory");
      }
      // As on Linux: a folder can be opened, to be named by its descriptor, but not read.
      return new FolderChannel();
    }
    if (writes && options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
      file.truncate(0);
    }
    return new MemoryChannel(file, options);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    Path full = full(path);
    if (isOfLibrary(full)) {
      return LIBRARY.newDirectoryStream(full, filter);
    }
    List<Path> found = new ArrayList<>();
    for (String name : tree.names(name(path))) {
      Path entry = path.resolve(name);
      if (filter.accept(entry)) {
        found.add(entry);
      }
    }
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() throws DirectoryIteratorException {
        return found.iterator();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Path toAbsolutePath(Path path) {
    return path.isAbsolute() ? path : folder.resolve(path);
  }

  @Override
  public Path toRealPath(Path path, LinkOption... options) throws IOException {
    Path full = full(path);
    if (isOfLibrary(full)) {
      return LIBRARY.toRealPath(full, options);
    }
    String name = name(path);
    tree.get(name);
    return Path.of(name);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String wanted, LinkOption... options)
      throws IOException {
    Path full = full(path);
    if (isOfLibrary(full)) {
      return LIBRARY.readAttributes(full, wanted, options);
    }
    MemoryTree.Entry entry = tree.get(name(path));
    boolean isFile = entry instanceof MemoryFile;
    FileTime time = FileTime.fromMillis(entry.modified());
    Map<String, Object> all = new HashMap<>();
    all.put("isRegularFile", isFile);
    all.put("isDirectory", !isFile);
    all.put("isSymbolicLink", false);
    all.put("isOther", false);
    all.put("size", entry instanceof MemoryFile file ? (long) file.size() : 0L);
    all.put("lastModifiedTime", time);
    all.put("lastAccessTime", time);
    all.put("creationTime", time);
    all.put("ctime", time);
    all.put("fileKey", entry);
    all.put("mode", isFile ? FILE_MODE : FOLDER_MODE);
    all.put("ino", (long) System.identityHashCode(entry));
    all.put("dev", 1L);
    all.put("nlink", 1);
    all.put("uid", 10_001);
    all.put("gid", 10_001);
    return all;
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    MemoryTree.Entry entry = tree.get(name(path));
    if (attribute.endsWith("lastModifiedTime") && value instanceof FileTime time) {
      entry.touch(time.toMillis());
    }
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    String source = name(from);
    String target = name(to);
    if (source.equals(target)) {
      return;
    }
    boolean replace = List.of(options).contains(StandardCopyOption.REPLACE_EXISTING);
    if (replace && tree.contains(target)) {
      tree.get(source);
      tree.delete(target);
    }
    tree.move(source, target);
  }

  @Override
  public void setCurrentWorkingDirectory(Path path) {
    folder = Path.of(name(path));
  }

  @Override
  public Path getTempDirectory() {
    return Path.of("/tmp");
  }

  @Override
  public boolean isSameFile(Path one, Path other, LinkOption... options) throws IOException {
    return tree.get(name(one)) == tree.get(name(other));
  }

  private Path full(Path path) {
    return toAbsolutePath(path).normalize();
  }

  private String name(Path path) {
    return full(path).toString();
  }

  private static boolean isOfLibrary(Path full) {
    return full.startsWith(HOME);
  }
}
