package dev.ronde.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is with a person now.
 *
 * @param assets active ones they own
 * @param open reviews of theirs that wait
 * @param late those of them that are overdue
 * @param mail {@code ok}, {@code suspect} or {@code unreachable}; null where nothing is known
 */
public record PersonLoad(
        UUID personId,
        long assets,
        long open,
        long late,
        @Nullable String mail) {}
