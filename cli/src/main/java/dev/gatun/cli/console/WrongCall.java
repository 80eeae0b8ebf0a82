package dev.gatun.cli.console;

/**
 * An option or argument that no file could make right: it has a value that it cannot have, or does not go with the others. The
 * message is one line, as that of a {@link Refusal}, which is for what files hold.
 */
public final class WrongCall extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WrongCall(String message) {
        super(message);
    }
}
