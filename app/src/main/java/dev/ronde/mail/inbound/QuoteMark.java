package dev.ronde.mail.inbound;

import java.util.Arrays;
import java.util.regex.Pattern;

/** How mail programs mark quoted text in their tags. */
enum QuoteMark {
    /** Nothing. */
    NONE,
    /** The quoted mail begins, and nothing says where it ends. */
    QUOTE,
    /** It holds the quoted mail; the writer may go on in it below a passage that is marked. */
    BOX,
    /** A quoted passage. */
    CITATION,
    /** An indented passage: quoted where something says so, and else the writer's own. */
    INDENT,
    /** A signature or a line the program added. */
    SIGNATURE;

    private static final Pattern CITES = Pattern.compile("\\btype ?= ?[\"']?cite\\b");

    private static final String[] BOXES = {
        "gmail_quote", // Gmail
        "mail-editor-reference-message", // Outlook
        "ms-outlook-mobile-reference",
        "olk_src_body_section", // Outlook for Mac
        "yahoo_quoted",
        "ymail_quoted",
        "protonmail_quote",
        "tutanota_quote",
        "zmail_extra" // Zoho
    };
    private static final String[] QUOTES = {
        "divrplyfwdmsg", // Outlook on the web
        "stopspelling", // Hotmail
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
        boolean block = name.equals("blockquote");
        if (attributes.isBlank()) {
            return block ? INDENT : NONE;
        }
        if (contains(SIGNATURES, attributes)) {
            return SIGNATURE;
        }
        if (attributes.contains("moz-cite-prefix")
                || attributes.contains("gmail_attr")
                || (block && (CITES.matcher(attributes).find() || contains(BOXES, attributes)))) {
            return CITATION;
        }
        if (contains(BOXES, attributes)) {
            return BOX;
        }
        return contains(QUOTES, attributes) || outlook(name, attributes) ? QUOTE : block ? INDENT : NONE;
    }

    private static boolean contains(String[] names, String attributes) {
        return Arrays.stream(names).anyMatch(attributes::contains);
    }

    /** Outlook draws a line above the header block; the rule of Outlook on the web could be anybody's. */
    private static boolean outlook(String name, String attributes) {
        String tight = attributes.replace(" ", "");
        return name.equals("div") && tight.contains("border-top:solid") && tight.contains("padding:3.0pt0");
    }
}
