package dev.gatun.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a call of a {@link Bidirectional} returns: as a node its merged value, or that of the forward half if it merges none. */
public final class BidirectionalOutput implements Node {

    private final LayerCall call;
    private final int values;
    private final int forwardStates;
    private final int backwardStates;

    /**
     * What a call returns.
     *
     * @param call           of the layer
     * @param values         1, or 2 if the halves stay apart
     * @param forwardStates  how many states of the forward half are returned
     * @param backwardStates how many of the backward half
     */
    BidirectionalOutput(LayerCall call, int values, int forwardStates, int backwardStates) {
        this.call = call;
        this.values = values;
        this.forwardStates = forwardStates;
        this.backwardStates = backwardStates;
    }

    @Override
    public LayerCall call() {
        return call;
    }

    /**
     * The value of the backward half, of a sequence turned round.
     *
     * @return [B,T,U] or [B,U]
     * @throws IllegalStateException if the halves are merged
     */
    public Node backward() {
        if (values < 2) {
            throw new IllegalStateException("This Bidirectional merges its halves; declare it with .merge(\"none\")");
        }
        return call.output(1);
    }

    /**
     * The states of both halves.
     *
     * @return those of the forward half, then those of the backward half, each [B,U]; of an LSTM h, c, h, c
     * @throws IllegalStateException if the layers do not return their states
     */
    public State state() {
        List<Node> both = new ArrayList<>(forwardState().parts());
        both.addAll(backwardState().parts());
        return new State(both);
    }

    /**
     * The states of the forward half after the last step.
     *
     * @return each [B,U]; of an LSTM h and c
     * @throws IllegalStateException if the layers do not return their states
     */
    public State forwardState() {
        return states(values, forwardStates);
    }

    /**
     * The states of the backward half after the first step, where it ends.
     *
     * @return each [B,U]; of an LSTM h and c
     * @throws IllegalStateException if the layers do not return their states
     */
    public State backwardState() {
        return states(values + forwardStates, backwardStates);
    }

    private State states(int first, int count) {
        if (count == 0) {
            throw new IllegalStateException("The layers of this Bidirectional do not return their states; declare its "
                    + "layer with .returnState()");
        }
        return new State(IntStream.range(first, first + count).mapToObj(call::output).toList());
    }
}
