package io.hyperloop.port;

class FakePullRequestsTest extends PullRequestsContract {
  private final FakePullRequests fake = new FakePullRequests();

  @Override
  protected PullRequests pulls() {
    return fake;
  }

  @Override
  protected PullRequestsWorld world() {
    return fake;
  }
}
