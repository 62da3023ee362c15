package dev.ronde.mail.inbound;

import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What somebody wrote in a mail, without what they quoted.
 *
 * @param lines at most 8,000 characters
 * @param contradictory whether the parts show different words, words are struck out, a reader may not see them, or nobody can tell whose they are
 * @param unread whether nothing was found and there was more than is looked at
 */
public record Written(List<String> lines, boolean contradictory, boolean unread) {
    /** Where nobody wrote anything. */
    static final Written NOTHING = new Written(List.of(), false, false);

    /** Copies the lines. */
    public Written {
        lines = List.copyOf(lines);
    }

    /** Reads the bodies of a message. */
    static Written of(byte[] raw, MimePart message) {
        PartText text = PartText.of(raw, message);
        List<String> lines = limited(text.lines().stream().map(Written::marked).toList());
        return new Written(lines, text.doubtful() || (text.cut() && !lines.isEmpty()), text.cut() && lines.isEmpty());
    }

    /** Marks what is struck out as people do where they write without a pen. */
    private static String marked(String line) {
        return line.replace(String.valueOf(HtmlText.STRUCK), "~~").replace(String.valueOf(HtmlText.UNSURE), "");
    }

    /** The Content-IDs of the pictures of the HTML parts that are not the writer's answer. */
    static Set<String> quotedPictures(byte[] raw, MimePart message) {
        return PartText.bodies(message).stream()
                .filter(PartText::tagged)
                .flatMap(body -> HtmlText.quotedPictures(body.text(raw, MailLimits.HTML)).stream())
                .collect(Collectors.toSet());
    }

    private static List<String> limited(List<String> lines) {
        List<String> kept = new ArrayList<>();
        int room = MailLimits.COMMENT;
        for (String line : lines) {
            if (room <= 0) {
                break;
            }
            kept.add(Cut.to(line.stripTrailing(), room));
            room -= line.length() + 1;
        }
        return kept;
    }
}
