package dev.gatun.layers.train;

/** The loss or a weight became NaN or infinite. The model was put back to the end of its last good epoch. */
public final class DivergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient History history;

    DivergenceException(String message, History history) {
        super(message);
        this.history = history;
    }

    /** The epochs before. */
    public History history() {
        return history;
    }
}
