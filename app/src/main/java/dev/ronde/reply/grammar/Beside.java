package dev.ronde.reply.grammar;

import java.util.List;
import java.util.stream.Stream;

/** Whether what people say beside a word, on its line and right below, leaves the word as it is. */
final class Beside {
    private final Remark remark;
    private final Below below;

    Beside(Remark remark, Below below) {
        this.remark = remark;
        this.below = below;
    }

    /** Whether what is said beside a command, and right after it, leaves it as it is. */
    boolean stands(MailWord verb, String line, String said, String folded, String rest) {
        return switch (verb) {
            case DONE -> remark.harmless(said) && below.attested(line, rest);
            case PROBLEM -> !none(folded.isEmpty() ? Line.fold(first(rest)) : folded);
            case NOT_MINE ->
                !folded.contains("?")
                        && !Words.MINE_AFTER_ALL.matcher(folded).matches()
                        && !Words.MINE_AFTER_ALL.matcher(Line.fold(first(rest))).matches();
            case ACKNOWLEDGE ->
                !folded.contains("?")
                        && !ofADesk(folded, rest)
                        && !Words.OK_BUT.matcher(folded).matches()
                        && !Words.beginsWithOther(verb, folded);
            case UNDO -> (remark.harmless(said) || remark.reason(said)) && !below.takesBack(line, rest);
            case SNOOZE ->
                !folded.contains("?")
                        && !ofADesk(folded, rest)
                        && Stream.concat(Stream.of(folded), rest.lines().map(Line::fold))
                                .noneMatch(Beside::asksForElse);
            case STOP -> remark.thanking(said);
            default -> true;
        };
    }

    /** Whether a line beside or below a pause takes it back, or is another command. */
    private static boolean asksForElse(String folded) {
        return Words.NO_PAUSE.matcher(folded).matches()
                || Words.begins(Words.NOT_BESIDE_A_PAUSE, folded)
                || Words.SNOOZE.matcher(folded).matches()
                || (folded.contains("@") && Words.DELEGATE.matcher(folded).matches());
    }

    private static boolean ofADesk(String folded, String rest) {
        return Stream.concat(Stream.of(folded), rest.lines().map(Line::fold))
                .anyMatch(line -> Words.DESK.matcher(line).matches());
    }

    private static String first(String rest) {
        return rest.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }

    private boolean none(String folded) {
        List<String> pieces = Words.PIECES
                .splitAsStream(folded)
                .filter(piece -> !piece.isBlank())
                .toList();
        return pieces.stream().anyMatch(piece -> Words.NONE.matcher(piece).matches())
                && pieces.stream().allMatch(piece -> Words.NONE.matcher(piece).matches() || remark.harmless(piece));
    }
}
