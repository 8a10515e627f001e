package dev.mneme.sandbox.graalpy.worker;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.graalvm.polyglot.Engine;

/**
 * A worker process: {@code WorkerMain trusted}, {@code WorkerMain untrusted CALLS}, or {@code
 * WorkerMain train}, which exercises everything once for the AOT cache and exits, or {@code
 * WorkerMain unpack FOLDER}, which copies Python's standard library there.
 */
public final class WorkerMain {
  private static final int MAX_LINE = 64 * 1024 * 1024;
  private static final long STACK = 16L * 1024 * 1024;

  private WorkerMain() {}

  /** Runs until stdin ends. */
  public static void main(String[] arguments) throws InterruptedException {
    InputStream in = new FileInputStream(FileDescriptor.in);
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    String mode = arguments.length == 0 ? "" : arguments[0];
    Runnable work =
        switch (mode) {
          case "trusted" -> () -> serve(in, out, 0);
          case "untrusted" -> {
            int calls = Integer.parseInt(arguments[1]);
            yield () -> serve(in, out, calls);
          }
          case "train" -> Training::run;
          case "unpack" -> () -> unpack(Path.of(arguments[1]));
          default ->
              throw new IllegalArgumentException(
                  "trusted, untrusted CALLS, train or unpack FOLDER");
        };
    Thread python = new Thread(null, work, "python", STACK);
    python.setUncaughtExceptionHandler(WorkerMain::fail);
    python.start();
    python.join();
  }

  private static void serve(InputStream in, OutputStream out, int calls) {
    HostLink link = new HostLink(out);
    link.listen(in, MAX_LINE);
    PythonEngine engine = new PythonEngine(link);
    link.send(
        new JsonLine("hello")
            .put("protocol", 1)
            .put("backend", "graalpy")
            .put("version", engine.version())
            .put("capabilities", "function script session tests files"));
    Contexts contexts =
        calls == 0 ? new WarmContexts(engine) : new SingleUseContexts(engine, calls);
    contexts.prepare();
    CallLoop loop = new CallLoop(link, contexts);
    new Watch(loop).start();
    loop.sendReady();
    try {
      loop.run();
    } catch (InterruptedException e) {
      Runtime.getRuntime().halt(2);
    }
  }

  private static void unpack(Path folder) {
    try {
      if (!Engine.copyResources(folder)) {
        throw new IllegalStateException("GraalPy's jars hold no standard library");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fail(Thread thread, Throwable e) {
    int status = e instanceof OutOfMemoryError ? Watch.OUT_OF_MEMORY : 1;
    System.err.println("worker: " + e);
    Runtime.getRuntime().halt(status);
  }
}
