package dev.ronde.mail.inbound;

import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.mail.handle.HandleSigner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides the handles in a text that somebody other than their holder reads. */
public final class HandleText {
    private static final Pattern CANDIDATE = Pattern.compile("(?<![A-Za-z0-9])[A-Za-z2-7]{40}(?![A-Za-z0-9])");
    private static final String DOTS = "••••••••";

    private final HandleSigner signer;

    public HandleText(HandleSigner signer) {
        this.signer = signer;
    }

    /** The text with every handle of ours, of whatever purpose, as dots. */
    public String hide(String text) {
        Matcher matcher = CANDIDATE.matcher(text);
        StringBuilder hidden = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(hidden, ours(matcher.group()) ? DOTS : Matcher.quoteReplacement(matcher.group()));
        }
        return matcher.appendTail(hidden).toString();
    }

    private boolean ours(String text) {
        for (HandlePurpose purpose : HandlePurpose.values()) {
            if (signer.verify(purpose, text).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
