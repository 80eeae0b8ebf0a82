package dev.gatun.cli.console;

/** What the user asked for cannot be done. The message is one line: where, what is wrong, expected and got, the fix. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Refusal(String message) {
        super(message);
    }
}
