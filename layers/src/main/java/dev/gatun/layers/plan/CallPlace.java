package dev.gatun.layers.plan;

import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * What is one call's own in a graph.
 *
 * @param stream       number of its stream of random numbers
 * @param carriedBytes where each of its states lies in the row of a stream, in the order of the layer's states; none for a
 *                     layer that carries nothing
 */
public record CallPlace(int stream, List<Long> carriedBytes) {

    /**
     * Keeps a copy of the list.
     *
     * @throws NullPointerException if it is missing
     */
    public CallPlace {
        carriedBytes = List.copyOf(Arguments.all(carriedBytes, "CallPlace", "carriedBytes", "offsets, none is fine"));
    }
}
