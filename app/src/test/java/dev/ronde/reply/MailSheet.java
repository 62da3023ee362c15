package dev.ronde.reply;

import java.util.List;

/** A received mail as one text: its headers, a blank line, its text part; what differs each time is masked. */
final class MailSheet {
    private static final List<String> HEADERS = List.of("""
            From To Date Message-ID In-Reply-To References Auto-Submitted X-Auto-Response-Suppress List-Id
            X-Ronde-Instance Importance List-Unsubscribe List-Unsubscribe-Post""".split("\\s+"));

    private MailSheet() {}

    static String of(ReceivedMail mail) {
        StringBuilder sheet = new StringBuilder();
        sheet.append("Subject: ").append(mail.subject()).append('\n');
        for (String name : HEADERS) {
            String value = mail.header(name);
            if (!value.isEmpty()) {
                sheet.append(name).append(": ").append(value).append('\n');
            }
        }
        return masked(sheet.append('\n').append(mail.text()).toString());
    }

    /** Handles, ids, codes, digests and signatures replaced by what they are. */
    static String masked(String text) {
        return text.replaceAll("/([rdum])/[a-z2-7]{40}", "/$1/HANDLE")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
                .replaceAll("\\.[0-9a-f]{8}@", ".PERSON@")
                .replaceAll("(?m)^\\d{6}$", "CODE")
                .replaceAll("(?m)^\\d{1,5}$", "SIZE")
                .replaceAll("\\b\\d+ (records|enregistrements)", "SIZE $1")
                .replaceAll("(?m)( \\d+ |^)[0-9a-f]{16}( ·|$)", "$1ROOT$2")
                .replaceAll(" \\d+ ROOT", " SIZE ROOT")
                .replaceAll("(?m)^[A-Za-z0-9+/]{43}=$", "ROOT")
                .replaceAll("(?m)^(— \\S+) \\S+$", "$1 SIGNATURE")
                .replaceAll("\\+[0-9a-f]{8}\\+\\S+", "+KEY")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT");
    }
}
