package io.hyperloop.adapter.git;

import java.time.Instant;
import java.time.ZoneId;
import org.eclipse.jgit.lib.PersonIdent;

/** Who our commits are by: whom git would name, else hyperloop itself. */
record Identity(String name, String email) {
  static final Identity FALLBACK = new Identity("hyperloop", "hyperloop@localhost");

  /**
   * Asks git, once; JGit would miss {@code includeIf} and {@code GIT_CONFIG_GLOBAL}. What git would
   * guess from the host's name does not count as an identity.
   */
  static Identity ask(Git git) {
    Git.Result said = git.attempt("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT");
    String line = said.text();
    int open = line.indexOf('<');
    int close = line.indexOf('>', open + 1);
    if (!said.ok() || open < 1 || close < 0) {
      return FALLBACK;
    }
    return new Identity(line.substring(0, open).strip(), line.substring(open + 1, close));
  }

  PersonIdent now() {
    return at(Instant.now());
  }

  PersonIdent at(Instant when) {
    return new PersonIdent(name, email, when, ZoneId.systemDefault());
  }
}
