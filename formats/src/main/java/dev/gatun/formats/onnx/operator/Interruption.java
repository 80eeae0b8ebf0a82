package dev.gatun.formats.onnx.operator;

import java.util.concurrent.CancellationException;

/** Lets what takes long be stopped: a graph may ask for any work. */
public final class Interruption {

    private Interruption() {}

    /**
     * Goes on, or does not.
     *
     * @throws CancellationException if the thread has been interrupted, which it stays
     */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException();
        }
    }
}
