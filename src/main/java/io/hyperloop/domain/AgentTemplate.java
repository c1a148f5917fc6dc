package io.hyperloop.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A role that an agent can play.
 *
 * @param guidelines by layer: base, project, process
 * @param writes whether its work is taken over
 */
public record AgentTemplate(
    String name, String prompt, Map<String, String> guidelines, boolean writes) {

  /** The template that answers for specs. */
  public static final String PM = "pm";

  public AgentTemplate {
    guidelines = Collections.unmodifiableMap(new LinkedHashMap<>(guidelines));
  }
}
