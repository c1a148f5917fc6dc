/**
 * The room that hyperloop takes on the disk: what is deleted, how much there is, when it is too
 * much.
 *
 * <p>Must not know what the files are for. What lies in the state directory is hostile: no link is
 * followed, and no depth or number of files is trusted.
 */
@NullMarked
package io.hyperloop.adapter.disk;

import org.jspecify.annotations.NullMarked;
