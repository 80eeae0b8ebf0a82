package dev.gatun.layers.train;

/**
 * The thread was interrupted ({@link Thread#interrupt}) while it trained or evaluated, and still is: the flag stays set. The
 * model was put back to the end of its last good epoch; {@link Trainer#resume} goes on from there with the bits of a training
 * that was never interrupted.
 */
public final class TrainingInterruptedException extends TrainingException {

    private static final long serialVersionUID = 1L;

    TrainingInterruptedException(String message, History history) {
        super(message, history);
    }
}
