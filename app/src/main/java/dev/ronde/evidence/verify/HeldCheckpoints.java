package dev.ronde.evidence.verify;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.SignedNote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the signed notes in what an auditor kept: a note alone, the text of the daily mail with a note in it, or the file
 * to which every checkpoint was appended as one line.
 */
public final class HeldCheckpoints {
    private static final Pattern NOTE =
            Pattern.compile("(?m)^\\S+\\n[0-9]+\\n[A-Za-z0-9+/]{43}=\\n\\n(?:— \\S+ \\S+(?:\\n|$))+");
    private static final Pattern LINE = Pattern.compile("(?m)^\\S+ ([0-9]+) ([A-Za-z0-9+/]{43}=)((?: — \\S+ \\S+)+)$");
    private static final Pattern SIGNATURE = Pattern.compile("— (\\S+) (\\S+)");

    private HeldCheckpoints() {}

    /**
     * The newest checkpoint in what was kept.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Checkpoint newest(String text) {
        return in(text).stream()
                .map(note -> Checkpoint.parse(SignedNote.parse(note).text()))
                .max(Comparator.comparingLong(Checkpoint::size))
                .orElseThrow(() -> new IllegalArgumentException("it holds no signed note"));
    }

    private static List<String> in(String text) {
        String plain = text.replace("\r\n", "\n").replaceAll("(?m)[ \\t]+$", "");
        List<String> notes = new ArrayList<>();
        Matcher note = NOTE.matcher(plain);
        while (note.find()) {
            notes.add(note.group().stripTrailing() + "\n");
        }
        Matcher line = LINE.matcher(plain);
        while (line.find()) {
            notes.add(ofLine(line.group(1), line.group(2), line.group(3)));
        }
        return notes;
    }

    private static String ofLine(String size, String root, String signatures) {
        Matcher signature = SIGNATURE.matcher(signatures);
        StringBuilder signed = new StringBuilder();
        String origin = "";
        while (signature.find()) {
            origin = origin.isEmpty() ? signature.group(1) : origin;
            signed.append("— ")
                    .append(signature.group(1))
                    .append(' ')
                    .append(signature.group(2))
                    .append('\n');
        }
        return origin + "\n" + size + "\n" + root + "\n\n" + signed;
    }
}
