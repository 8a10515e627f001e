package dev.mneme.memory.edit;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An edit of the text of one block. */
public sealed interface TextEdit extends BlockEdit {
  /**
   * The text after the edit.
   *
   * @throws MnemeException when the edit does not fit the text, saying what to do
   */
  String apply(String value);

  /** {@code core_memory_append}: a line break and the content at the end. */
  record Append(String label, String content) implements TextEdit {
    @Override
    public String operation() {
      return "core_memory_append";
    }

    @Override
    public String apply(String value) {
      return value + "\n" + content;
    }
  }

  /** {@code core_memory_replace}: every occurrence. */
  record ReplaceAll(String label, String oldContent, String newContent) implements TextEdit {
    @Override
    public String operation() {
      return "core_memory_replace";
    }

    @Override
    public String apply(String value) {
      if (oldContent.isEmpty()) {
        throw Occurrences.emptyOld("old_content");
      }
      if (!value.contains(oldContent)) {
        throw Occurrences.notFound(label, "old_content");
      }
      return value.replace(oldContent, newContent);
    }
  }

  /** {@code memory_replace}: exactly one occurrence, tabs expanded everywhere. */
  record ReplaceOnce(String label, String oldString, String newString) implements TextEdit {
    @Override
    public String operation() {
      return "memory_replace";
    }

    @Override
    public String apply(String value) {
      LineNumbers.refuse("old_string", oldString);
      LineNumbers.refuse("new_string", newString);
      String text = Tabs.expand(value);
      String old = Tabs.expand(oldString);
      if (old.isEmpty()) {
        throw Occurrences.emptyOld("old_string");
      }
      int at = text.indexOf(old);
      if (at < 0) {
        throw Occurrences.notFound(label, "old_string");
      }
      List<Integer> lines = Occurrences.lines(text, old);
      if (lines.size() > 1) {
        throw MnemeException.invalid(
                "old_string_ambiguous",
                "old_string stands "
                    + lines.size()
                    + " times in block '"
                    + label
                    + "', beginning in lines "
                    + lines
                    + ". Nothing was changed; make it unique with more of the text around it.")
            .withDetails(Map.of("lines", lines));
      }
      return text.substring(0, at) + Tabs.expand(newString) + text.substring(at + old.length());
    }
  }

  /**
   * {@code memory_insert}: new lines after a line.
   *
   * @param line after which; 0: at the top, -1: at the end
   */
  record Insert(String label, String newString, int line) implements TextEdit {
    @Override
    public String operation() {
      return "memory_insert";
    }

    @Override
    public String apply(String value) {
      LineNumbers.refuse("new_string", newString);
      String added = Tabs.expand(newString);
      List<String> lines = new ArrayList<>(Lines.of(Tabs.expand(value)));
      int count = lines.size();
      if (line < -1 || line > count) {
        throw MnemeException.invalid(
            "line_out_of_range",
            "insert_line "
                + line
                + " does not exist in block '"
                + label
                + "': give 0 for the top, 1 to "
                + count
                + " to insert after that line, or -1 for the end.");
      }
      if (value.isEmpty()) {
        return added;
      }
      lines.add(line == -1 ? count : line, added);
      return Lines.join(lines);
    }
  }

  /** {@code memory_rethink}: the whole text anew. */
  record Rethink(String label, String newMemory) implements TextEdit {
    @Override
    public String operation() {
      return "memory_rethink";
    }

    @Override
    public String apply(String value) {
      LineNumbers.refuse("new_memory", newMemory);
      return newMemory;
    }
  }
}
