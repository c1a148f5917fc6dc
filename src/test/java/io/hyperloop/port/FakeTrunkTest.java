package io.hyperloop.port;

import io.hyperloop.domain.TaskId;

class FakeTrunkTest extends TrunkContract {
  private final FakeTrunk trunk = new FakeTrunk();

  @Override
  protected Trunk trunk() {
    return trunk;
  }

  @Override
  protected String work(TaskId task, String file, String text) {
    return trunk.work(branch(task), file, text);
  }

  @Override
  protected void baseWrites(String file, String text) {
    var unused = trunk.baseWrites(file, text);
  }

  @Override
  protected String base(String file) {
    return trunk.base(file);
  }

  @Override
  protected String tip() {
    return trunk.tip();
  }

  @Override
  protected boolean hasBranch(TaskId task) {
    return trunk.branches().containsKey(branch(task));
  }

  @Override
  protected void deleteBranch(TaskId task) {
    trunk.deleteBranch(branch(task));
  }
}
