package dev.ronde.platform.http;

import dev.ronde.platform.problem.Problem;
import java.util.List;

/**
 * What an auditor was engaged for.
 *
 * @param frameworks whose evidence they may take; empty for all
 * @param allAssets false where they see some assets only, and perhaps none
 */
public record Limits(List<String> frameworks, boolean allAssets) {
    public Limits {
        frameworks = List.copyOf(frameworks);
    }

    public static Problem outside() {
        return Problem.of(
                403, "outside_engagement", "This is not part of your engagement. Ask whoever engaged you for it.");
    }

    /** Whether a framework, or a control such as {@code iso27001:A.8.9}, is part of it. */
    public boolean covers(String framework) {
        return frameworks.isEmpty()
                || frameworks.stream().anyMatch(mine -> framework.equals(mine) || framework.startsWith(mine + ":"));
    }
}
