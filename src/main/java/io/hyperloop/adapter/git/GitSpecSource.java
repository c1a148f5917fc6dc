package io.hyperloop.adapter.git;

import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.SpecSource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * Specs as git has them. As long as the base branch moves without touching what may be a spec, no
 * spec is read again and no git is started; that is told by the hash of the folders they are in.
 */
public final class GitSpecSource implements SpecSource {
  private static final int TEXT_MAX = 1 << 20;

  /** How far back the last tip is looked for, before all is looked up afresh. */
  private static final int STEPS_MAX = 1_000;

  private final Repository repository;
  private final BaseBranch base;
  private final ObjectDatabase objects;
  private final SpecTree specTree;
  private final SpecHistory history;
  private final Refs refs;
  private @Nullable Seen seen;

  /**
   * What was seen at a tip.
   *
   * @param commits where they were looked up, by path; valid for the blob seen there
   */
  private record Seen(
      String tip,
      List<ObjectId> fingerprint,
      SortedMap<String, ObjectId> blobs,
      Map<String, String> commits) {}

  /**
   * A source of the files that match.
   *
   * @param room where git is run for what this process cannot find out by itself
   */
  public GitSpecSource(
      Repository repository, BaseBranch base, CleanRoom room, SpecPatterns patterns) {
    this.repository = repository;
    this.base = base;
    this.objects = new ObjectDatabase(base, room);
    this.specTree = new SpecTree(objects, patterns);
    this.history = new SpecHistory(room, patterns);
    this.refs = new Refs(objects, room::identity, Duration.ofSeconds(2));
  }

  @Override
  public String tip() {
    return base.tip();
  }

  @Override
  public synchronized Map<String, Spec> at(String tip, Map<String, Handled> handled) {
    Seen now = look(tip);
    Set<String> unknown = new HashSet<>();
    now.blobs()
        .forEach((path, blob) -> {
          if (!covers(handled.get(path), blob) && !now.commits().containsKey(path)) {
            unknown.add(path);
          }
        });
    if (!unknown.isEmpty()) {
      now.commits().putAll(history.lastChanges(tip, unknown));
    }
    var specs = new TreeMap<String, Spec>();
    now.blobs()
        .forEach((path, blob) -> {
          String commit = covers(handled.get(path), blob) ? null : now.commits().get(path);
          specs.put(path, new Spec(path, blob.name(), commit));
        });
    return specs;
  }

  private static boolean covers(@Nullable Handled handled, ObjectId blob) {
    return handled != null && handled.blob().equals(blob.name());
  }

  private Seen look(String tip) {
    Seen last = seen;
    if (last != null && last.tip().equals(tip)) {
      return last;
    }
    RevCommit commit = objects.commit(ObjectId.fromString(tip));
    List<ObjectId> fingerprint = specTree.fingerprint(commit.getTree());
    boolean same = last != null && last.fingerprint().equals(fingerprint);
    SortedMap<String, ObjectId> blobs =
        same && last != null ? last.blobs() : specTree.read(commit.getTree());
    Map<String, String> commits =
        same && last != null && untouchedSince(last, tip) ? last.commits() : new HashMap<>();
    Seen now = new Seen(tip, fingerprint, blobs, commits);
    seen = now;
    return now;
  }

  /** Whether no commit between the last tip and this one touched a spec. */
  private boolean untouchedSince(Seen last, String tip) {
    return objects.reading(() -> {
      try (var walk = new RevWalk(objects.jgit())) {
        RevCommit at = walk.parseCommit(ObjectId.fromString(tip));
        for (int step = 0; step < STEPS_MAX; step++) {
          if (at.name().equals(last.tip())) {
            return true;
          }
          if (at.getParentCount() == 0
              || !specTree.fingerprint(at.getTree()).equals(last.fingerprint())) {
            return false;
          }
          at = walk.parseCommit(at.getParent(0));
        }
        return false;
      }
    });
  }

  @Override
  public String text(SpecRef version) {
    return new String(bytes(version), StandardCharsets.UTF_8);
  }

  private byte[] bytes(SpecRef version) {
    RevCommit commit = objects.find(version.commit()).orElseThrow(() -> gone(version));
    Trees.Entry entry =
        new Trees(objects)
            .entry(commit.getTree(), version.path())
            .filter(e -> Refs.isFile(e.mode()))
            .orElseThrow(() -> gone(version));
    return objects.reading(() -> {
      try (ObjectReader reader = objects.jgit().newObjectReader()) {
        ObjectLoader blob = reader.open(entry.id(), Constants.OBJ_BLOB);
        if (blob.getSize() > TEXT_MAX) {
          throw tooLarge(version, blob.getSize());
        }
        return blob.getBytes(TEXT_MAX);
      }
    });
  }

  private PortFailure gone(SpecRef version) {
    return new PortFailure(
        Problem.user(
            "the spec's version is not in the repository",
            where(version),
            "fetch that commit, or commit the spec again"));
  }

  private PortFailure tooLarge(SpecRef version, long size) {
    return new PortFailure(
        Problem.user(
            "the spec has " + size + " bytes, more than 1 MiB",
            where(version),
            "split it into several specs, or leave it out with front matter: hyperloop: ignore"));
  }

  private String where(SpecRef version) {
    return version + " in " + repository.top();
  }

  @Override
  public String diff(SpecRef from, SpecRef to) {
    var before = new RawText(bytes(from));
    var after = new RawText(bytes(to));
    var edits =
        DiffAlgorithm.getAlgorithm(DiffAlgorithm.SupportedAlgorithm.HISTOGRAM)
            .diff(RawTextComparator.DEFAULT, before, after);
    return objects.reading(() -> {
      var out = new ByteArrayOutputStream();
      out.write(
          ("--- " + from.abbreviated() + "\n+++ " + to.abbreviated() + "\n")
              .getBytes(StandardCharsets.UTF_8));
      try (var formatter = new DiffFormatter(out)) {
        formatter.format(edits, before, after);
        formatter.flush();
      }
      return edits.isEmpty() ? "" : out.toString(StandardCharsets.UTF_8);
    });
  }

  @Override
  public void pin(SpecRef version) {
    RevCommit commit = objects.find(version.commit()).orElseThrow(() -> gone(version));
    refs.keep(Refs.SPECS + version.commit(), commit);
  }

  @Override
  public void onChange(Runnable wake) {
    base.onChange(wake);
  }
}
