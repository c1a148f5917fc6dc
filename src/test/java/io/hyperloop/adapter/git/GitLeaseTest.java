package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.port.Lease;
import io.hyperloop.port.LeaseContract;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real bare repository as the remote. */
class GitLeaseTest extends LeaseContract {
  @TempDir Path temp;
  private Path remote;
  private final Map<String, TestRepository> clones = new HashMap<>();

  @BeforeEach
  void aRemote() {
    remote = temp.resolve("remote.git");
    TestRepository first = TestRepository.create(temp.resolve("first"));
    first.git("clone", "-q", "--bare", first.top().toString(), remote.toString());
  }

  private TestRepository clone(String name) {
    return clones.computeIfAbsent(
        name,
        unused -> {
          Path top = temp.resolve(name);
          String cloned = Git.in(temp).run("clone", "-q", remote.toString(), top.toString());
          assertThat(cloned).isEmpty();
          return TestRepository.at(top);
        });
  }

  @Override
  protected Lease lease(String clone) {
    Repository repository = clone(clone).repository();
    return new GitLease(repository, Bases.of(repository, "main"), this::now);
  }

  @Override
  protected void offline(Lease lease) {
    try {
      Files.move(remote, temp.resolve("away.git"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String held() {
    return Git.in(remote).run("for-each-ref", "--format=%(refname)", "refs/hyperloop");
  }

  @Test
  void itIsARefOfTheRemoteAndLeavesNothingInTheClone() {
    String objects = clone("a").git("count-objects");
    Lease lease = lease("a");
    assertThat(lease.hold()).isEqualTo(new Lease.Held.Ours());
    assertThat(held()).isEqualTo("refs/hyperloop/lease/main");
    assertThat(lease.hold()).isEqualTo(new Lease.Held.Ours());
    lease.release();
    assertThat(held()).isEmpty();
    assertThat(clone("a").git("count-objects")).isEqualTo(objects);
    assertThat(clone("a").git("for-each-ref", "refs/hyperloop")).isEmpty();
  }

  @Test
  void withoutARemoteNobodyIsAsked() {
    clone("a").git("remote", "remove", "origin");
    assertThat(lease("a").hold()).isEqualTo(new Lease.Held.Unshared());
  }

  @Test
  void whatCannotBeUnderstoodBarsNobody() {
    String commit = Git.in(remote).run("rev-parse", "main");
    String unused = Git.in(remote).run("update-ref", "refs/hyperloop/lease/main", commit);
    assertThat(lease("a").hold()).isEqualTo(new Lease.Held.Ours());
  }

  @Test
  void oneThatCannotBeLookedAtIsNotTaken() throws IOException {
    assertThat(lease("a").hold()).isEqualTo(new Lease.Held.Ours());
    String commit = Git.in(remote).run("rev-parse", "refs/hyperloop/lease/main");
    Path object = remote.resolve("objects/" + commit.substring(0, 2)).resolve(commit.substring(2));
    Files.move(object, temp.resolve("kept"));
    assertThat(lease("b").hold()).isInstanceOf(Lease.Held.Unknown.class);
    Files.move(temp.resolve("kept"), object);
    assertThat(lease("b").hold()).isInstanceOf(Lease.Held.Theirs.class);
  }

  @Test
  void aRefWhoseNameEndsAlikeIsNotTakenForIt() {
    String commit = Git.in(remote).run("rev-parse", "main");
    String odd = "refs/backup/refs/hyperloop/lease/main";
    String unused = Git.in(remote).run("update-ref", odd, commit);
    assertThat(lease("a").hold()).isEqualTo(new Lease.Held.Ours());
    assertThat(lease("b").hold()).isInstanceOf(Lease.Held.Theirs.class);
  }

  @Test
  void aUsersOwnRefspecsAreNoHindrance() {
    clone("b").git("config", "--add", "remote.origin.fetch", "+refs/*:refs/*");
    assertThat(lease("a").hold()).isEqualTo(new Lease.Held.Ours());
    assertThat(lease("b").hold()).isInstanceOf(Lease.Held.Theirs.class);
  }

  @Test
  void aRemoteThatRefusesTheRefIsSaid() throws IOException {
    Path hook = remote.resolve("hooks/pre-receive");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\necho no such refs here >&2\nexit 1\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    assertThat(lease("a").hold())
        .isInstanceOfSatisfying(
            Lease.Held.Unknown.class,
            unknown -> assertThat(unknown.why()).contains("no such refs here"));
  }
}
