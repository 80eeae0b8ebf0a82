package dev.gatun.memory;

/** Sizes that do not fit: the message names what was expected, what was got, and the fix. */
public final class ShapeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what does not fit.
     *
     * @param message one sentence or two: expected, got, the fix
     */
    public ShapeException(String message) {
        super(message);
    }
}
