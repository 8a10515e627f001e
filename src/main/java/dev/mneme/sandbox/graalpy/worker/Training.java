package dev.mneme.sandbox.graalpy.worker;

import java.io.OutputStream;

/** The run an AOT cache is recorded from: it starts, runs a few calls of each kind, and ends. */
final class Training {
  private static final int CALLS = 60;

  private Training() {}

  static void run() {
    HostLink link = new HostLink(OutputStream.nullOutputStream());
    PythonEngine engine = new PythonEngine(link);
    engine.writeCompiledModules();
    for (Contexts contexts :
        new Contexts[] {new WarmContexts(engine), new SingleUseContexts(engine, 3)}) {
      CallLoop loop = new CallLoop(link, contexts);
      new Watch(loop).start();
      contexts.prepare();
      loop.sendReady();
      int calls = contexts.left() == 0 ? CALLS : contexts.left();
      for (int round = 0; round < calls; round++) {
        loop.answer(Rehearsal.call(round));
        contexts.prepare();
        contexts.prepare();
      }
    }
    JsonReader.read("{\"type\":\"call\",\"text\":\"a \\\"quoted\\\" one\",\"number\":1}");
  }
}
