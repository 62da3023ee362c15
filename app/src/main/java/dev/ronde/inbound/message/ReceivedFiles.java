package dev.ronde.inbound.message;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.file.FileSniffer;
import dev.ronde.platform.file.FirstBytes;
import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

final class ReceivedFiles {
    private static final int FILES = 20;
    private static final int EACH = 10 << 20;
    private static final int ALL = 20 << 20;
    private static final int LOGO = 15 << 10;
    private static final int LONGEST = 120;

    private static final int LONGEST_READ = 1_000;
    private static final int ENDING = 12;

    private static final Set<String> OURS_TO_IGNORE =
            Set.of("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature");

    private ReceivedFiles() {}

    static List<ReceivedFile> of(MimePart message) {
        List<MimePart> parts = new ArrayList<>();
        collect(message, parts);
        Set<String> quoted =
                parts.stream().allMatch(part -> part.contentId().isEmpty()) ? Set.of() : quotedPictures(message);
        List<ReceivedFile> files = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        long total = 0;
        int kept = 0;
        for (MimePart part : parts) {
            byte[] content = part.content(MailLimits.PART);
            ReceivedFile file = judge(part, content, quoted);
            if (file.fate() == ReceivedFile.Fate.KEPT && !seen.add(file.name() + file.sha256())) {
                file = file.but(ReceivedFile.Fate.IGNORED, "twice");
            }
            if (file.fate() == ReceivedFile.Fate.KEPT) {
                total += content.length;
                kept++;
                if (kept > FILES) {
                    file = file.but(ReceivedFile.Fate.REFUSED, "too_many");
                } else if (total > ALL) {
                    file = file.but(ReceivedFile.Fate.REFUSED, "too_large_together");
                }
            }
            files.add(file);
        }
        return files;
    }

    private static Set<String> quotedPictures(MimePart message) {
        Set<String> pictures = new HashSet<>();
        int left = MailLimits.HTML;
        for (MimePart body : PartText.bodies(message)) {
            if (PartText.tagged(body) && left > 0) {
                String html = body.text(left);
                left -= html.length();
                pictures.addAll(HtmlText.quotedPictures(html));
            }
        }
        return pictures;
    }

    private static void collect(MimePart part, List<MimePart> parts) {
        if (part.multipart() && !part.parts().isEmpty()) {
            part.parts().forEach(inner -> collect(inner, parts));
        } else if (part.attached()) {
            parts.add(part);
        }
    }

    /** @param quoted Content-IDs of pictures that belong to the quoted mail or to a signature */
    private static ReceivedFile judge(MimePart part, byte[] content, Set<String> quoted) {
        String name = name(part);
        String found = FirstBytes.type(content);
        ReceivedFile file = new ReceivedFile(
                name,
                CleanText.line(part.type(), 100),
                found,
                content.length,
                Hash.sha256(content).hex(),
                ReceivedFile.Fate.KEPT,
                "",
                new FileBytes(content));
        String lower = name.toLowerCase(Locale.ROOT);
        if (OURS_TO_IGNORE.contains(part.type())
                || lower.equals("smime.p7s")
                || part.type().equals("text/calendar")) {
            return file.but(ReceivedFile.Fate.IGNORED, "signature");
        }
        if (part.type().equals("application/ms-tnef") || lower.equals("winmail.dat")) {
            return file.but(ReceivedFile.Fate.REFUSED, "winmail");
        }
        boolean image = found.startsWith("image/");
        boolean theirs =
                quoted.contains(part.contentId()) && !part.disposition().main().equals("attachment");
        if (image && (theirs || (content.length < LOGO && lower.matches("image\\d{3}\\.[a-z]{3,4}")))) {
            return file.but(ReceivedFile.Fate.IGNORED, "logo");
        }
        if (content.length == 0) {
            return file.but(ReceivedFile.Fate.IGNORED, "empty");
        }
        if (content.length > EACH) {
            return file.but(ReceivedFile.Fate.REFUSED, "too_large");
        }
        return FileSniffer.look(name, content)
                .refusal()
                .map(refusal -> file.but(ReceivedFile.Fate.REFUSED, refusal.word()))
                .orElse(file);
    }

    private static String name(MimePart part) {
        String given = part.fileName().orElse(part.type().startsWith("message/") ? "message.eml" : "file");
        String last = given.replace('\\', '/');
        last = CleanText.line(last.substring(last.lastIndexOf('/') + 1), LONGEST_READ)
                .replaceAll("[\"<>|:*?;]", "_");
        return last.isBlank() || last.matches("\\.+") ? "file" : shortened(last);
    }

    /** Cuts the end of the stem of a long name: the ending says what the file is. */
    private static String shortened(String name) {
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= ENDING ? name.substring(dot) : "";
        String stem = name.substring(0, name.length() - ending.length());
        return Cut.to(stem, LONGEST - ending.length()) + ending;
    }
}
