package dev.gatun.layers.train;

/**
 * A training that did not come to its end, with what it has reported so far. Whatever else ends a training, such as an
 * exception of a callback, comes to the caller as it is, and has one of these among its suppressed exceptions
 * ({@link Throwable#getSuppressed}). The message says which epoch's weights the model has.
 */
public class TrainingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient History history;

    TrainingException(String message, History history) {
        super(message);
        this.history = history;
    }

    /**
     * The epochs that were done; their weights and moments are kept.
     *
     * @return what they reported, perhaps nothing
     */
    public History history() {
        return history;
    }
}
