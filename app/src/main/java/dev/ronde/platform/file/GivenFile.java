package dev.ronde.platform.file;

import dev.ronde.platform.problem.Problem;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A file that somebody brought and that may be kept.
 *
 * @param name as its bringer called it, without a path
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record GivenFile(String name, FileKind kind, byte[] content) {
    public static final int MAX_BYTES = 10 << 20;

    private static final int NAME_LIMIT = 120;

    /** {@link Problem} 413 for one too large, 422 for one that is not what its name says, can run, or hides what it holds. */
    public static GivenFile of(String name, byte[] content) {
        if (content.length > MAX_BYTES) {
            throw Problem.tooLarge("A file has at most " + (MAX_BYTES >> 20) + " MiB. Send a smaller one.");
        }
        String clean = cleaned(name);
        FileSniffer.Verdict verdict = FileSniffer.look(clean, content);
        FileKind kind = verdict.kind()
                .orElseThrow(() -> Problem.invalid(
                        "/file",
                        "file_refused",
                        "“" + clean + "” is not kept: "
                                + verdict.refusal().orElseThrow().sentence() + "."));
        return new GivenFile(clean, kind, content);
    }

    /** Strips the path, normalises to NFC, and removes what could become markup, a header or another path. */
    private static String cleaned(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String plain = Normalizer.normalize(last, Normalizer.Form.NFC)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}._ ()-]", "_")
                .strip();
        return plain.length() > NAME_LIMIT ? plain.substring(plain.length() - NAME_LIMIT) : plain;
    }

    public String ending() {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
