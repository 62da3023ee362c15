package dev.ronde.mail.inbound;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote in a mail, without what they quoted.
 *
 * @param lines without marks
 * @param quoted lines of a mail of ours that is quoted so that nothing tells what somebody may have written between them
 * @param aside lines quoted below it from nobody knows where, with their marks: nobody has to have written them, and they are kept
 * @param against what makes that nobody can tell which words count; absent where all do
 * @param unread whether nothing was found and there was more than is looked at
 * @param sealed whether that is encrypted, or signed as a whole so that only a key opens it
 */
public record BodyText(
        List<String> lines,
        List<String> quoted,
        List<String> aside,
        @Nullable Against against,
        boolean unread,
        boolean sealed) {
    static final BodyText NOTHING = new BodyText(List.of(), List.of(), List.of(), null, false, false);

    public BodyText {
        lines = List.copyOf(lines);
        quoted = List.copyOf(quoted);
        aside = List.copyOf(aside);
    }

    static BodyText of(byte[] raw, MimePart message, KnownStyles known) {
        PartText text = PartText.of(raw, message, known);
        List<String> lines = text.lines().stream().map(Marks::shown).toList();
        Against.Why unread = text.sealed() ? Against.Why.SEALED : Against.Why.LONG;
        Against more = text.cut() && !lines.isEmpty() ? new Against(unread, "") : null;
        boolean sealed = text.sealed() && lines.isEmpty();
        return new BodyText(
                lines,
                text.quoted(),
                text.aside().stream().map(Marks::shown).toList(),
                Against.first(text.against(), more),
                sealed || (text.cut() && lines.isEmpty()),
                sealed);
    }

    /** Whether the parts show different words, words are struck out, a reader may not see them, or nobody can tell whose they are. */
    public boolean contradictory() {
        return against != null;
    }

    public BodyText doubted(String line) {
        return doubted(Against.Why.QUOTED, line);
    }

    public BodyText whose(String line) {
        return doubted(Against.Why.WHOSE, line);
    }

    private BodyText doubted(Against.Why why, String line) {
        return new BodyText(lines, quoted, aside, Against.first(against, new Against(why, line)), unread, sealed);
    }

    static Set<String> quotedPictures(byte[] raw, MimePart message, KnownStyles known) {
        return PartText.bodies(message).stream()
                .filter(PartText::tagged)
                .flatMap(body -> HtmlText.quotedPictures(body.text(raw, MailLimits.HTML), known).stream())
                .collect(Collectors.toSet());
    }
}
