package dev.ronde.catalogue;

import dev.ronde.platform.config.SettingsException;
import java.util.List;

/** A file that every check depends on cannot be used; the message names it as the operator does where it is his. */
public final class VocabularyException extends SettingsException {
    private static final long serialVersionUID = 1L;

    private final transient CheckTester.Report report;

    VocabularyException(String file, String path, List<LoadProblem> problems) {
        super(file + (problems.get(0).line() > 0 ? " line " : ": ") + problems.get(0));
        this.report = new CheckTester.Report(
                path, 0, problems.stream().map(problem -> path + ":" + problem).toList());
    }

    public CheckTester.Report report() {
        return report;
    }
}
