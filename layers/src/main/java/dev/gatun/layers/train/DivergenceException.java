package dev.gatun.layers.train;

/**
 * The loss or a weight became NaN or infinite. The model was put back to the end of its last good epoch, and so was what
 * {@link Trainer#resume} goes on from.
 */
public final class DivergenceException extends TrainingException {

    private static final long serialVersionUID = 1L;

    DivergenceException(String message, History history) {
        super(message, history);
    }
}
