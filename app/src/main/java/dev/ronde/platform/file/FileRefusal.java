package dev.ronde.platform.file;

import dev.ronde.platform.text.Worded;

/** Why a file is not kept as evidence. */
public enum FileRefusal implements Worded {
    TYPE_NOT_TAKEN("files named like this are not taken; taken are " + FileKind.endings()),
    EMPTY("the file is empty"),
    /** Its first bytes do not keep what its name promises. */
    NOT_WHAT_IT_SAYS("its content is not what its name says"),
    PROGRAM("it is a program, or holds one"),
    ACTIVE_PAGE("it is a page or a drawing that can run; send it as a picture or as PDF"),
    BROKEN("it cannot be read to its end"),
    ENCRYPTED("it is encrypted, so nobody can say what it holds"),
    MACROS("it holds macros"),
    /** An archive that would write outside the folder it is unpacked in. */
    OUTSIDE_PATH("it holds a file whose name leads out of its folder"),
    TOO_LARGE_UNPACKED("it unpacks to more than 64 MiB"),
    ARCHIVE_IN_ARCHIVE("it holds another archive");

    private final String sentence;

    FileRefusal(String sentence) {
        this.sentence = sentence;
    }

    /** The end of a sentence that begins with the name of the file, without its full stop. */
    public String sentence() {
        return sentence;
    }
}
