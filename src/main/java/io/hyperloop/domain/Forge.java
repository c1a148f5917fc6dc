package io.hyperloop.domain;

/**
 * Where work goes through pull requests.
 *
 * @param url of the repository there, without a slash at its end
 * @param base the branch to merge into
 * @param openMax tasks that may be under way at once; 0 for no bound
 * @param comments whether people are told by comments what is needed of them
 */
public record Forge(String url, String base, int openMax, boolean comments) {}
