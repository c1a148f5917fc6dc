package io.hyperloop.port;

class FakeLeaseTest extends LeaseContract {
  private final FakeLease.Remote remote = new FakeLease.Remote();

  @Override
  protected Lease lease(String clone) {
    return new FakeLease(remote, clone, this::now);
  }

  @Override
  protected void offline(Lease lease) {
    ((FakeLease) lease).offline("no network");
  }
}
