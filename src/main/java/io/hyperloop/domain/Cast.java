package io.hyperloop.domain;

import java.util.Map;

/**
 * Which agent program plays which role: roles that share a program share its allowance.
 *
 * @param usual the program of every role that is not named
 * @param others by role
 */
public record Cast(String usual, Map<String, String> others) {
  public static final Cast DEFAULT = new Cast("agent", Map.of());

  public Cast {
    others = Map.copyOf(others);
  }

  public String program(String role) {
    return others.getOrDefault(role, usual);
  }
}
