package dev.gatun.formats.onnx.operator;

import java.util.concurrent.CancellationException;

/** Lets what takes long be stopped: a graph may ask for any work. */
final class Interruption {

    private Interruption() {}

    /** @throws CancellationException if the thread has been interrupted, which it stays */
    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException();
        }
    }
}
