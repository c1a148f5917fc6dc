package io.hyperloop.port;

class FakeStateStoreTest extends StateStoreContract {
  private final FakeStateStore.Disk disk = new FakeStateStore.Disk();

  @Override
  protected StateStore store() {
    return new FakeStateStore(disk);
  }
}
