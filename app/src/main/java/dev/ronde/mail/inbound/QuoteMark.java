package dev.ronde.mail.inbound;

/** What a tag says about the text from here on; by the marks the mail programs put there. */
enum QuoteMark {
    /** Nothing. */
    NONE,
    /** The quoted mail and everything after it is not the writer's. */
    QUOTE,
    /** A quoted passage: the writer may go on below it. */
    CITATION,
    /** A signature or a line the program added. */
    SIGNATURE;

    private static final String[] QUOTES = {
        "gmail_quote", // Gmail
        "divrplyfwdmsg", // Outlook on the web
        "appendonsend",
        "mail-editor-reference-message",
        "ms-outlook-mobile-reference",
        "olk_src_body_section", // Outlook for Mac
        "stopspelling", // Hotmail
        "yahoo_quoted",
        "ymail_quoted",
        "protonmail_quote",
        "tutanota_quote",
        "zmail_extra", // Zoho
        "ronde-reply-marker"
    };
    private static final String[] SIGNATURES = {
        "gmail_signature",
        "ms-outlook-mobile-signature",
        "mobile-signature",
        "moz-signature",
        "protonmail_signature",
        "applemailsignature",
        "ydp-signature"
    };

    static QuoteMark of(String name, String attributes) {
        if (name.equals("blockquote")) {
            return CITATION;
        }
        if (attributes.isBlank()) {
            return NONE;
        }
        for (String signature : SIGNATURES) {
            if (attributes.contains(signature)) {
                return SIGNATURE;
            }
        }
        if (attributes.contains("moz-cite-prefix")) {
            return CITATION;
        }
        for (String quote : QUOTES) {
            if (attributes.contains(quote)) {
                return QUOTE;
            }
        }
        return outlook(name, attributes) ? QUOTE : NONE;
    }

    /** Outlook draws a line above the header block; Outlook on the web puts a rule there. */
    private static boolean outlook(String name, String attributes) {
        String tight = attributes.replace(" ", "");
        boolean line = name.equals("div") && tight.contains("border-top:solid") && tight.contains("padding:3.0pt0");
        boolean rule = name.equals("hr") && (tight.contains("tabindex=\"-1\"") || tight.contains("tabindex='-1'"));
        return line || rule;
    }
}
