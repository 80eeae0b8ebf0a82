package dev.gatun.layers;

import java.util.List;
import java.util.stream.IntStream;

/** What a recurrent layer returns: itself a node, the sequence or the last step, and its state if it was asked for. */
public final class RecurrentOutput implements Node {

    private final LayerCall call;
    private final int states;
    private final boolean sequences;

    /**
     * What a call returns.
     *
     * @param call      of the recurrent layer
     * @param sequences whether h of every step is returned
     * @param states    how many states are returned; 0 if none
     */
    RecurrentOutput(LayerCall call, boolean sequences, int states) {
        this.call = call;
        this.states = states;
        this.sequences = sequences;
    }

    @Override
    public LayerCall call() {
        return call;
    }

    /** How many states the call returns. */
    int states() {
        return states;
    }

    /**
     * h of every step.
     *
     * @return [B,T,U]
     * @throws IllegalStateException if the layer does not return sequences
     */
    public Node sequence() {
        if (!sequences) {
            throw new IllegalStateException("This " + call.layer().kind()
                    + " returns its last step only; declare it with .returnSequences()");
        }
        return this;
    }

    /**
     * The states after the last step.
     *
     * @return each [B,U]; of an LSTM h and c
     * @throws IllegalStateException if the layer does not return its state
     */
    public State state() {
        if (states == 0) {
            throw new IllegalStateException("This " + call.layer().kind()
                    + " does not return its state; declare it with .returnState()");
        }
        List<Node> parts = IntStream.rangeClosed(1, states).mapToObj(call::output).toList();
        return new State(parts);
    }
}
