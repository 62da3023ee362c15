package dev.ronde.reply.grammar;

import dev.ronde.mail.inbound.Folding;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people write on the lines below a command: a comment, unless it takes back what the command says or goes on with its line. Every
 * line is read, also below a sign-off; only what is known to stand in signatures and notices is passed over ({@link SignOff}).
 */
final class Below {
    private static final int MOST = 200;

    private static final int LONGEST = 8_000;

    private static final Pattern POSTSCRIPT = Pattern.compile("(p\\.? ?s|n\\.? ?b)\\b\\.?(.*)");
    /** So few words say nothing by themselves: they are known, or a question. */
    private static final int FEW = 4;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}'’%/-]*\\p{L}[\\p{L}\\p{N}'’%/-]*");
    private static final Pattern IS = Pattern.compile("(is|are|was|were|isn't|est|sont|etait|sera|serait)\\b.*");

    private static final Pattern CALLED = Pattern.compile("(?<!\\S)@\\p{L}");

    private static final Pattern GOES_ON = Pattern.compile(
            ".*([,:;-]|\\b(with|by|for|and|the|of|in|as|see|avec|par|pour|et|le|la|les|de|du|des|en|voir|comme))");

    private final Remark remark;
    private final SignOff signOff;

    Below(Remark remark) {
        this.remark = remark;
        this.signOff = new SignOff(remark);
    }

    /** Whether what stands below takes the command back, or is the end of its line and not harmless. */
    boolean takesBack(String line, String rest) {
        List<String> lines = rest.lines().filter(one -> !one.isBlank()).toList();
        if (lines.isEmpty()) {
            return false;
        }
        String next = lines.get(0);
        boolean wrapped = rest.lines().findFirst().filter(one -> !one.isBlank()).isPresent()
                && next.matches("\\s*\\p{Ll}.*")
                && line.length() > 60;
        boolean goesOn = wrapped
                || IS.matcher(Folding.line(next)).matches()
                || GOES_ON.matcher(Folding.line(line)).matches();
        return (goesOn && !remark.harmless(next) && !Remark.signature(next))
                || lines.size() > MOST
                || rest.length() > LONGEST
                || anyAgainst(rest);
    }

    /** Whether what stands below lets an attestation stand: nothing takes it back, and each paragraph speaks of what was looked at. */
    boolean attested(String line, String rest) {
        return !takesBack(line, rest) && ofTheReview(rest);
    }

    private boolean ofTheReview(String rest) {
        return paragraphs(rest).stream()
                .allMatch(paragraph -> !tells(paragraph)
                        || Reservation.speaksOfTheReview(Folding.line(String.join(" ", paragraph.lines()))));
    }

    /** Whether more stands there than what is known, or than a motto below a sign-off. */
    private boolean tells(Paragraph paragraph) {
        boolean signed = paragraph.signed();
        for (String line : paragraph.lines()) {
            boolean passed = known(line) || (signed && !SignOff.sentence(line));
            if (!passed
                    && WORD.matcher(Reservation.withoutPoliteness(Folding.line(line)))
                            .find()) {
                return true;
            }
            signed |= signOff.begins(line);
        }
        return false;
    }

    /** What is no notice, with whether a sign-off, a name or a notice stands above it. */
    private record Paragraph(List<String> lines, boolean signed) {}

    private List<Paragraph> paragraphs(String rest) {
        List<Paragraph> found = new ArrayList<>();
        boolean signed = false;
        for (String text : rest.split("\\n\\s*\\n")) {
            List<String> lines = text.lines().filter(one -> !one.isBlank()).toList();
            boolean notice = SignOff.notice(lines);
            if (!notice) {
                found.add(new Paragraph(lines, signed));
            }
            signed |= notice || lines.stream().anyMatch(signOff::begins);
        }
        return found;
    }

    boolean names(String line) {
        return signOff.named(line);
    }

    /** Whether a line says something that would take a command back if it stood below it. */
    boolean against(String line) {
        return against(line, Folding.line(line));
    }

    private boolean anyAgainst(String rest) {
        return paragraphs(rest).stream()
                .anyMatch(paragraph -> brief(paragraph.lines(), paragraph.signed()) || anyAgainst(paragraph.lines()));
    }

    private boolean anyAgainst(List<String> lines) {
        boolean named = false;
        for (String line : lines) {
            boolean title = named && SignOff.title(line);
            if (!title && against(line, Folding.line(line))) {
                return true;
            }
            named = title || signOff.named(line);
        }
        return false;
    }

    /** Whether a paragraph is a word or a few that nobody here is called and that are not known to be harmless. */
    private boolean brief(List<String> lines, boolean signed) {
        long words = WORD.matcher(String.join(" ", lines)).results().count();
        if (words == 0 || words > FEW) {
            return false;
        }
        boolean leave = signed;
        for (String line : lines) {
            if (!known(line) && !(leave && SignOff.like(line))) {
                return true;
            }
            if (signOff.named(line)) {
                return false;
            }
            leave |= SignOff.ending(line);
        }
        return false;
    }

    private boolean known(String line) {
        return remark.harmless(line) || SignOff.reachedAt(line) || SignOff.line(line) || signOff.named(line);
    }

    private boolean against(String line, String folded) {
        // what people set into their signatures, such as a telephone, says nothing; signs alone do
        if (line.length() > 2 * Line.LONGEST
                || line.contains("?")
                || (CALLED.matcher(line).find() && !SignOff.line(line))
                || Signs.denying(line)
                || Signs.frowning(line)
                || (folded.isEmpty() && !Signs.approving(line))) {
            return true;
        }
        return !SignOff.line(line) && !remark.harmless(line) && (postscript(folded) || Reservation.in(folded));
    }

    private boolean postscript(String folded) {
        Matcher added = POSTSCRIPT.matcher(folded);
        return added.matches() && !remark.harmless(added.group(2));
    }
}
