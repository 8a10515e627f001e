package dev.mneme.sandbox.graalpy.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Language;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;

/**
 * The one engine of the process and the recipe for contexts on it, with every permission denied.
 */
final class PythonEngine {
  private static final Handler SILENT =
      new Handler() {
        @Override
        public void publish(LogRecord logRecord) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private final Engine engine;
  private final Source harness;
  private final Source guest;
  private final HostLink link;

  PythonEngine(HostLink link) {
    this.link = link;
    engine =
        Engine.newBuilder("python")
            .option("engine.WarnInterpreterOnly", "false")
            .logHandler(SILENT)
            .in(InputStream.nullInputStream())
            .out(OutputStream.nullOutputStream())
            .err(OutputStream.nullOutputStream())
            .build();
    harness =
        source(
            "harness.py",
            text("values.py") + text("tracebacks.py") + text("scripts.py") + text("harness.py"));
    guest = source("guest.py", text("guest.py"));
  }

  String version() {
    Language python = engine.getLanguages().get("python");
    return python == null ? "unknown" : python.getVersion();
  }

  /** A context that is ready to run a call: harness loaded, usual modules imported. */
  PythonContext newContext() {
    MemoryFiles files = new MemoryFiles();
    return newContext(IOAccess.newBuilder().fileSystem(files).build(), files, false);
  }

  /**
   * Opens a context that may write, so that compiled forms of the modules imported at start are
   * kept beside them. Only for training: no code but our own ever runs in it.
   */
  void writeCompiledModules() {
    PythonContext context = newContext(IOAccess.ALL, new MemoryFiles(), true);
    boolean more = true;
    while (more) {
      more = context.prepare();
    }
    context.run(Rehearsal.imports());
    context.close();
  }

  private PythonContext newContext(IOAccess io, MemoryFiles files, boolean writeBytecode) {
    GuestOutput output = new GuestOutput();
    Context context =
        Context.newBuilder("python")
            .engine(engine)
            .allowIO(io)
            .allowHostAccess(HostAccess.NONE)
            .allowPolyglotAccess(PolyglotAccess.NONE)
            .allowEnvironmentAccess(EnvironmentAccess.NONE)
            .allowNativeAccess(false)
            .allowCreateProcess(false)
            .allowCreateThread(false)
            .allowHostClassLoading(false)
            .allowInnerContextOptions(false)
            .allowValueSharing(false)
            .useSystemExit(false)
            .option("python.DontWriteBytecodeFlag", Boolean.toString(!writeBytecode))
            .currentWorkingDirectory(Path.of("/tmp"))
            .in(InputStream.nullInputStream())
            .out(output.out())
            .err(output.err())
            .build();
    return new PythonContext(
        context, context.eval(harness), context.eval(guest), output, files, new GuestBridge(link));
  }

  private static Source source(String name, String text) {
    return Source.newBuilder("python", text, "mneme-" + name).buildLiteral();
  }

  private static String text(String name) {
    try (InputStream in = PythonEngine.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the worker's jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
