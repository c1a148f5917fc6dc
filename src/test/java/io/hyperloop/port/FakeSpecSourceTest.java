package io.hyperloop.port;

class FakeSpecSourceTest extends SpecSourceContract {
  private final FakeSpecSource source = new FakeSpecSource();

  @Override
  protected SpecSource source() {
    return source;
  }

  @Override
  protected String write(String path, String text) {
    return source.write(path, text);
  }

  @Override
  protected String writeCode() {
    return source.touch();
  }

  @Override
  protected String delete(String path) {
    return source.delete(path);
  }
}
