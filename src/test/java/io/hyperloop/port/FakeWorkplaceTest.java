package io.hyperloop.port;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FakeWorkplaceTest extends WorkplaceContract {
  @TempDir Path temp;
  private FakeWorkplace workplace;

  @BeforeEach
  void create() {
    workplace = new FakeWorkplace(temp);
  }

  @Override
  protected Workplace workplace() {
    return workplace;
  }

  @Override
  protected String baseTip() {
    return workplace.base();
  }

  @Override
  protected String baseMoves() {
    return workplace.moveBase();
  }
}
