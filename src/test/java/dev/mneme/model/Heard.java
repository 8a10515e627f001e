package dev.mneme.model;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a listener is told, and when. */
public final class Heard implements ChatListener {
  private final List<String> text = new ArrayList<>();
  private final List<String> reasoning = new ArrayList<>();
  private final List<String> tools = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();

  @Override
  public synchronized void onReasoning(String delta) {
    reasoning.add(delta);
    times.add(System.nanoTime());
  }

  @Override
  public synchronized void onText(String delta) {
    text.add(delta);
    times.add(System.nanoTime());
  }

  @Override
  public synchronized void onToolRequest(int index, String id, String name, String delta) {
    tools.add(index + ":" + id + ":" + name + ":" + delta);
    times.add(System.nanoTime());
  }

  public synchronized List<String> texts() {
    return List.copyOf(text);
  }

  public synchronized String text() {
    return String.join("", text);
  }

  public synchronized String reasoning() {
    return String.join("", reasoning);
  }

  public synchronized List<String> tools() {
    return List.copyOf(tools);
  }

  /** Of every delta, by {@link System#nanoTime()}. */
  public synchronized List<Long> times() {
    return List.copyOf(times);
  }
}
