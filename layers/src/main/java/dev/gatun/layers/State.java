package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * The state of a recurrent layer as values of a graph: it can feed another layer, be an output, and carries gradients.
 *
 * @param parts in the order of the layer's states, each [B,U]; of an LSTM h and c
 */
public record State(List<Node> parts) {

    /**
     * Checks that all are there.
     *
     * @throws NullPointerException     naming what is missing
     * @throws IllegalArgumentException if there is none
     */
    public State {
        parts = Arguments.copy(parts, "State", "parts",
                "all values, as returnState() returns them: of an LSTM h and c");
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("A state has at least one part: of an LSTM h and c");
        }
    }

    /**
     * A state of parts.
     *
     * @param parts in the order of the layer's states, each [B,U]; of an LSTM h and c
     * @return the state
     * @throws NullPointerException     naming what is missing
     * @throws IllegalArgumentException if there is none
     */
    public static State of(Node... parts) {
        Arguments.all(parts, "State.of", "parts", "all values, as returnState() returns them: of an LSTM h and c");
        return new State(Arrays.asList(parts));
    }

    /**
     * The hidden state, which is also what the layer returns.
     *
     * @return [B,U]
     */
    public Node h() {
        return parts.getFirst();
    }

    /**
     * The cell state of an LSTM.
     *
     * @return [B,U]
     * @throws IllegalStateException if the state has one part
     */
    public Node c() {
        if (parts.size() < 2) {
            throw new IllegalStateException("This state has one part, h; only an LSTM's has a cell state");
        }
        return parts.get(1);
    }
}
