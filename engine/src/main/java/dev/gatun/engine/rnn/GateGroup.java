package dev.gatun.engine.rnn;

import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * Gates of a cell that join the same products. Their strips lie together, in z as in the weights.
 *
 * @param gates    their numbers in the public weights, in the order of the strips of 16 units
 * @param products which they join
 * @param stage    0 if the recurrent product reads h; 1 if it reads what the cell made of h in stage 0
 */
public record GateGroup(List<Integer> gates, Products products, int stage) {

    /** Which products make the pre-activations of a gate. */
    public enum Products {
        /** That of the input, from the input's bias. */
        INPUT,
        /** That of the input and then the recurrent one, as one chain from the sum of the biases. */
        CHAINED,
        /** The recurrent one, from a bias of its own. */
        RECURRENT
    }

    public GateGroup {
        gates = Arguments.copy(gates, "GateGroup", "gates", "numbers of gates");
        Arguments.required(products, "GateGroup", "products", "for example Products.CHAINED");
        if (gates.isEmpty() || stage < 0 || stage > 1) {
            throw new IllegalArgumentException(
                    "A group has one gate or more and is of stage 0 or 1, got gates " + gates + ", stage " + stage);
        }
    }

    /** A group whose recurrent product, if it has one, reads h. */
    public GateGroup(List<Integer> gates, Products products) {
        this(gates, products, 0);
    }

    boolean readsInput() {
        return products != Products.RECURRENT;
    }

    boolean readsState() {
        return products != Products.INPUT;
    }
}
