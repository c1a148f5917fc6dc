package io.hyperloop.adapter.agent.anthropic;

/** What the model is told of a tool call. */
record ToolResult(String text, boolean error) {
  static ToolResult ok(String text) {
    return new ToolResult(text, false);
  }

  static ToolResult error(String text) {
    return new ToolResult(text, true);
  }
}
