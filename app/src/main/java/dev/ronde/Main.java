package dev.ronde;

/** Command line entry. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("ronde");
    }
}
